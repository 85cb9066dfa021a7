import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { ScrollArea } from "../primitives/scroll-area.tsx";
import { useDataName } from "../use-data-name.ts";
import { confusionSums, worstConfusions } from "./confusion-sums.ts";
import { formatPercent } from "./percent.ts";
import { type ConfusionCell, useResults } from "./results-store.ts";
import { useCalm } from "./use-calm.ts";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

/** More classes than this are listed by what is confused most, for a table would be too large to read. */
const MOST_CLASSES = 26;
const LISTED = 60;
const CALM_MS = 400;

/** Of the table's columns, in pixels of the page; cells grow where there is room. */
const SHARE_WIDTH = 42;
const CELL_WIDTH = 25;
const LETTER_WIDTH = 7;

/** Of its rows at most: a tall panel is not filled by a few classes. */
const ROW_HEIGHT = 40;

/** What the model takes for what: a row a true class, a column a predicted one. */
export function Confusion() {
  const view = useCalm(useHeldView("predictions", { limit: 0 }), CALM_MS);
  return (
    <ViewFrame view={view}>
      {(payload) => (payload.classes.length > MOST_CLASSES ? <List payload={payload} /> : <Matrix payload={payload} />)}
    </ViewFrame>
  );
}

interface Props {
  readonly payload: ViewPayload<"predictions">;
}

function Matrix({ payload }: Props) {
  const { t } = useTranslation("views");
  const { confusion } = payload;
  const classes = payload.classes.map(useDataName());
  const [under, setUnder] = useState<ConfusionCell>();
  const sums = confusionSums(confusion, classes.length);
  const longest = Math.max(...classes.map((name) => name.length));
  const nameWidth = Math.min(112, Math.max(58, 10 + LETTER_WIDTH * longest));
  const countOf = (truth: number, predicted: number) => confusion[truth * classes.length + predicted] as number;
  const said = (truth: number, predicted: number) =>
    t("cell", {
      truth: classes[truth],
      predicted: classes[predicted],
      count: countOf(truth, predicted),
      share: formatPercent(countOf(truth, predicted) / (sums.truths[truth] as number)),
    });
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-0.5">
      <p className="min-h-4 shrink-0 text-xs leading-tight text-muted">
        {under
          ? said(under.truth, under.predicted)
          : t("confusionSummary", {
              right: formatNumber(sums.right),
              count: sums.total,
              share: formatPercent(sums.right / sums.total),
            })}
      </p>
      <ScrollArea label={t("confusion")} className="min-h-0 flex-1">
        <table
          className="w-full table-fixed border-separate border-spacing-px text-xs leading-tight"
          style={{
            minWidth: nameWidth + SHARE_WIDTH + classes.length * CELL_WIDTH,
            height: `min(100%, ${(classes.length + 1) * ROW_HEIGHT}px)`,
          }}
        >
          <caption className="sr-only">{t("confusionCaption")}</caption>
          <colgroup>
            <col style={{ width: nameWidth }} />
            <col span={classes.length} />
            <col style={{ width: SHARE_WIDTH }} />
          </colgroup>
          <thead className="sticky top-0 z-10 bg-panel">
            <tr>
              <td />
              {classes.map((name) => (
                <th key={name} scope="col" className="truncate px-0.5 font-medium" title={name}>
                  {name}
                </th>
              ))}
              <th scope="col" className="px-1 font-normal text-faint">
                {t("rightShare")}
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((name, truth) => (
              <tr key={name}>
                <th scope="row" className="truncate px-1 text-right font-medium" title={name}>
                  {name}
                </th>
                {classes.map((other, predicted) => (
                  <Cell
                    key={other}
                    count={countOf(truth, predicted)}
                    strength={countOf(truth, predicted) / Math.max(1, sums.truths[truth] as number)}
                    isRight={truth === predicted}
                    label={said(truth, predicted)}
                    onOver={() => setUnder({ truth, predicted })}
                    onOut={() => setUnder(undefined)}
                    onChoose={() => useResults.setState({ cell: { truth, predicted }, view: "predictions" })}
                  />
                ))}
                <td className="px-1 text-right text-muted">
                  {formatPercent(countOf(truth, truth) / (sums.truths[truth] as number))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </div>
  );
}

interface CellProps {
  readonly count: number;
  /** The share of its row, 0…1. */
  readonly strength: number;
  readonly isRight: boolean;
  readonly label: string;
  readonly onOver: () => void;
  readonly onOut: () => void;
  readonly onChoose: () => void;
}

/** How strongly the fullest cell is coloured, in percent: text on it can still be read. */
const STRONGEST = 42;

function Cell({ count, strength, isRight, label, onOver, onOut, onChoose }: CellProps) {
  // The square root, so that the few mistakes of a good model are seen.
  const part = STRONGEST * Math.sqrt(strength);
  const background = `color-mix(in srgb, var(${isRight ? "--good" : "--bad"}) ${part.toFixed(0)}%, var(--sunken))`;
  return (
    <td className="h-4.5 rounded-sm p-0 text-center leading-none pointer-coarse:h-8" style={{ background }}>
      {count === 0 ? (
        <span className="sr-only">0</span>
      ) : (
        <button
          type="button"
          aria-label={label}
          onClick={onChoose}
          onPointerEnter={onOver}
          onPointerLeave={onOut}
          onFocus={onOver}
          onBlur={onOut}
          className="size-full rounded-sm hover:ring-2 hover:ring-accent"
        >
          {formatNumber(count)}
        </button>
      )}
    </td>
  );
}

function List({ payload }: Props) {
  const { t } = useTranslation("views");
  const { confusion } = payload;
  const classes = payload.classes.map(useDataName());
  const sums = confusionSums(confusion, classes.length);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1">
      <p className="text-xs text-muted">
        {t("confusionSummary", {
          right: formatNumber(sums.right),
          count: sums.total,
          share: formatPercent(sums.right / sums.total),
        })}
      </p>
      <ul className="min-h-0 flex-1 overflow-auto">
        {worstConfusions(confusion, classes.length, LISTED).map(({ truth, predicted, count }) => (
          <li key={`${truth} ${predicted}`}>
            <button
              type="button"
              className="w-full rounded px-1 py-0.5 text-left hover:bg-sunken pointer-coarse:py-2"
              onClick={() => useResults.setState({ cell: { truth, predicted }, view: "predictions" })}
            >
              {t("cell", {
                truth: classes[truth],
                predicted: classes[predicted],
                count,
                share: formatPercent(count / (sums.truths[truth] as number)),
              })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
