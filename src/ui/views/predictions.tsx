import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Prediction, ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { usePlayground, useRun } from "../playground.tsx";
import { classNames } from "../primitives/class-names.ts";
import { useDataName } from "../use-data-name.ts";
import { useSubject } from "../use-subject.ts";
import { confusionSums } from "./confusion-sums.ts";
import { formatPercent } from "./percent.ts";
import { useResults } from "./results-store.ts";
import { SamplePicture } from "./sample-picture.tsx";
import { useCalm } from "./use-calm.ts";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

const SHOWN = 60;

/** To find those of one cell of the confusion matrix, all that are evaluated are asked for. */
const ALL = 512;

/** The gallery could not be read if it changed faster, in milliseconds. */
const CALM_MS = 800;

/** Validation samples with what the model takes them for, worst mistakes first. */
export function Predictions() {
  const cell = useResults((state) => state.cell);
  const view = useCalm(useHeldView("predictions", { limit: cell === undefined ? SHOWN : ALL }), CALM_MS);
  return <ViewFrame view={view}>{(payload) => <Gallery payload={payload} />}</ViewFrame>;
}

function Gallery({ payload }: { readonly payload: ViewPayload<"predictions"> }) {
  const { t } = useTranslation("views");
  const { samples, confusion, evaluated, inputs, inputShape } = payload;
  const classes = payload.classes.map(useDataName());
  const { input } = useRun(({ opened }) => ({ input: opened?.data.inputs[0] }));
  const chosen = useResults((state) => state.cell);
  const cell = chosen && chosen.truth < classes.length && chosen.predicted < classes.length ? chosen : undefined;
  const { right } = confusionSums(confusion, classes.length);
  const size = inputShape.reduce((product, side) => product * side, 1);
  const shown = samples
    .map((sample, k) => ({ sample, offset: k * size }))
    .filter(({ sample }) => cell === undefined || (sample.truth === cell.truth && sample.predicted === cell.predicted))
    .slice(0, SHOWN);
  const isText = input?.dtype === "i32";
  const hasLongNames = classes.some((name) => name.length > 2);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1.5">
      <div className="flex min-h-5 items-center gap-2 text-xs text-muted">
        {cell === undefined ? (
          <span>
            {t("rightOf", {
              right: formatNumber(right),
              count: evaluated,
              share: formatPercent(right / evaluated),
            })}
            {right < evaluated && <> · {t("worstFirst")}</>}
          </span>
        ) : (
          <button
            type="button"
            onClick={() => useResults.setState({ cell: undefined })}
            className="flex items-center gap-1 rounded-full bg-accent-soft px-2 py-0.5 text-accent pointer-coarse:py-1.5"
          >
            {t("onlyCell", { truth: classes[cell.truth], predicted: classes[cell.predicted] })}
            <X size={12} role="img" aria-label={t("showAll")} />
          </button>
        )}
      </div>
      {shown.length === 0 && <p className="m-auto text-muted">{t("noneOfCell")}</p>}
      <ul
        className={classNames(
          "grid min-h-0 flex-1 content-start gap-x-1.5 gap-y-1 overflow-auto p-[3px]",
          isText && "grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]",
          !isText && hasLongNames && "grid-cols-[repeat(auto-fill,minmax(4.75rem,1fr))]",
          !isText && !hasLongNames && "grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))]",
        )}
      >
        {shown.map(({ sample, offset }) => (
          <li key={sample.sample} className="min-w-0">
            <Tile prediction={sample} classes={classes}>
              <SamplePicture
                column={{
                  shape: inputShape,
                  dtype: input?.dtype ?? "f32",
                  ...(input?.categories ? { categories: input.categories } : {}),
                }}
                values={inputs}
                offset={offset}
                className={classNames(
                  "w-full rounded-md",
                  isText ? "h-12 p-1" : inputShape.length === 3 ? "aspect-square" : "h-11",
                )}
              />
            </Tile>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TileProps {
  readonly prediction: Prediction;
  readonly classes: readonly string[];
  readonly children: React.ReactNode;
}

/** A sample of the gallery; a click makes it the one that the network and the other views show. */
function Tile({ prediction: { sample, truth, predicted, confidence }, classes, children }: TileProps) {
  const { t } = useTranslation("views");
  const { subject: store } = usePlayground();
  const isSubject = useSubject() === sample;
  const isWrong = truth !== predicted;
  const names = { truth: classes[truth] ?? truth, predicted: classes[predicted] ?? predicted };
  const share = formatPercent(confidence);
  const said = isWrong ? t("mistake", { ...names, share }) : t("right", { ...names, share });
  const ring = isWrong ? "ring-2 ring-bad" : isSubject ? "" : "ring-1 ring-line";
  return (
    <button
      type="button"
      aria-pressed={isSubject}
      aria-label={t("sampleSaid", { sample: formatNumber(sample + 1), said })}
      title={said}
      onClick={() => store.setState({ subject: sample })}
      className="group block w-full rounded-md text-center text-[11px] leading-tight"
    >
      <span
        className={classNames(
          "block rounded-md group-hover:brightness-110",
          ring,
          isSubject && "outline-2 outline-offset-2 outline-accent",
        )}
      >
        {children}
      </span>
      <span
        className={classNames("mt-1 block", isWrong ? "line-clamp-2 font-semibold text-bad" : "truncate text-muted")}
      >
        {isWrong ? t("mistakeShort", names) : `${names.predicted} · ${share}`}
      </span>
    </button>
  );
}
