import { Eraser, ImageDown, Undo2, Workflow } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { PixelImage } from "../pixels/pixel-map.tsx";
import { usePlayground, useRun } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { useDataName } from "../use-data-name.ts";
import { useSubject } from "../use-subject.ts";
import { Pad } from "./pad.tsx";
import { drawnImage } from "./pen-drawing.ts";
import { formatPercent } from "./percent.ts";
import { ProbabilityBars } from "./probability-bars.tsx";
import { useResults } from "./results-store.ts";
import { useCalm } from "./use-calm.ts";
import { useHeldView } from "./use-held-view.ts";
import { ViewFrame } from "./view-frame.tsx";

const PENS = { fine: 0.9, medium: 1.25, broad: 1.7 } as const;

/** While the pen moves, what it has drawn is classified this often, in milliseconds. */
const CLASSIFY_MS = 80;

/** A pad to draw on, and what the model takes the drawing for, as it learns. */
export function Draw() {
  const { shape } = useRun(({ opened }) => ({ shape: opened?.data.inputs[0]?.shape }));
  const [rows, columns] = shape ?? [];
  if (rows === undefined || columns === undefined) return null;
  return <Drawing rows={rows} columns={columns} />;
}

function Drawing({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  const { t } = useTranslation("views");
  const { drawing } = useResults();
  const { strokes, radius } = drawing;
  // A drawing stays when other data is opened; an image of another size does not fit under it.
  const ground = drawing.ground?.length === rows * columns ? drawing.ground : undefined;
  const isEmpty = strokes.length === 0 && ground === undefined;
  const image = useMemo(
    () => drawnImage({ strokes, radius, ground }, rows, columns),
    [strokes, radius, ground, rows, columns],
  );
  const classified = useCalm(image, CLASSIFY_MS);
  const view = useHeldView("classify", { subject: classified });
  useFollowingSubject(classified);
  const nameOf = useDataName();
  const { probabilities } = view.payload ?? {};
  const classes = view.payload?.classes.map(nameOf) ?? [];
  const likeliest = probabilities === undefined ? -1 : probabilities.indexOf(Math.max(...probabilities));
  const said =
    isEmpty || likeliest < 0
      ? t("padEmpty")
      : t("padSays", {
          name: classes[likeliest] ?? likeliest,
          share: formatPercent(probabilities?.[likeliest] ?? 0),
        });

  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto @sm:flex-row">
        <div className="aspect-square min-h-40 shrink-0 @max-sm:max-h-[50dvh] @max-sm:w-full @sm:h-full @sm:max-h-96">
          <Pad
            strokes={strokes}
            radius={radius}
            ground={ground}
            rows={rows}
            columns={columns}
            label={t("pad", { said })}
            invitation={t("drawHere")}
            onBegin={(x, y) => setDrawing({ strokes: [...strokes, [x, y]] })}
            onMove={(points) => addToStroke(points)}
          />
        </div>
        <div className="flex w-16 shrink-0 flex-col gap-1.5 @max-sm:w-full @max-sm:flex-row @max-sm:flex-wrap @max-sm:items-center">
          <PixelImage
            values={image}
            rows={rows}
            columns={columns}
            channels={1}
            label={t("padSeen")}
            className="size-16 rounded-md ring-1 ring-line @max-sm:size-10"
          />
          <div className="flex flex-wrap">
            <IconButton
              label={t("undoStroke")}
              disabled={strokes.length === 0}
              onClick={() => setDrawing({ strokes: strokes.slice(0, -1) })}
            >
              <Undo2 size={16} />
            </IconButton>
            <IconButton
              label={t("clear")}
              disabled={isEmpty}
              onClick={() => setDrawing({ strokes: [], ground: undefined })}
            >
              <Eraser size={16} />
            </IconButton>
            <SampleButton />
            <NetworkButton image={image} isEmpty={isEmpty} />
          </div>
          <Pens radius={radius} />
        </div>
        <div className="flex min-w-36 flex-1 flex-col @sm:overflow-auto">
          <ViewFrame view={view}>
            {(payload) =>
              isEmpty ? (
                <p className="text-muted">{t("padHelp")}</p>
              ) : (
                <ProbabilityBars label={t("probabilities")} probabilities={payload.probabilities} classes={classes} />
              )
            }
          </ViewFrame>
        </div>
      </div>
    </div>
  );
}

/** How broad the pen is. */
function Pens({ radius }: { readonly radius: number }) {
  const { t } = useTranslation("views");
  return (
    <fieldset className="flex" aria-label={t("pen")}>
      {(Object.keys(PENS) as (keyof typeof PENS)[]).map((pen) => (
        <button
          key={pen}
          type="button"
          aria-label={t(`pens.${pen}`)}
          title={t(`pens.${pen}`)}
          aria-pressed={PENS[pen] === radius}
          onClick={() => setDrawing({ radius: PENS[pen] })}
          className="grid h-7 flex-1 place-items-center rounded-md text-muted hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:text-accent pointer-coarse:size-10 pointer-coarse:flex-none"
        >
          <span
            aria-hidden
            className="rounded-full bg-current"
            style={{ width: 7 * PENS[pen], height: 7 * PENS[pen] }}
          />
        </button>
      ))}
    </fieldset>
  );
}

/** Puts a validation sample on the pad: to draw with the keyboard alone, or to change what the model knows. */
function SampleButton() {
  const { t } = useTranslation("views");
  const { engine } = usePlayground();
  const { data } = useRun(({ opened }) => ({ data: opened?.data }));
  const onClick = async () => {
    if (data === undefined) return;
    const { drawing } = useResults.getState();
    const from = drawing.nextSample % data.validationSamples;
    // Refused where other data is just being opened: the pad is for that then.
    const samples = await engine.call("samples", { part: "validation", from, count: 1 }).catch(() => undefined);
    const ground = samples?.columns.get(data.inputs[0]?.name ?? "");
    if (ground instanceof Float32Array) setDrawing({ strokes: [], ground, nextSample: from + 1 });
  };
  return (
    <IconButton label={t("loadSample")} onClick={onClick}>
      <ImageDown size={16} />
    </IconButton>
  );
}

/** Makes the drawing the sample that the cards of the network and the feature maps show. */
function NetworkButton({ image, isEmpty }: { readonly image: Float32Array<ArrayBuffer>; readonly isEmpty: boolean }) {
  const { t } = useTranslation("views");
  const { subject: store } = usePlayground();
  const isDrawn = typeof useSubject() !== "number";
  return (
    <IconButton
      label={t("showInNetwork")}
      aria-pressed={isDrawn}
      disabled={isEmpty && !isDrawn}
      onClick={() => store.setState({ subject: isDrawn ? 0 : image })}
    >
      <Workflow size={16} />
    </IconButton>
  );
}

/** Once a drawing is what the network shows, it shows every further stroke. */
function useFollowingSubject(image: Float32Array<ArrayBuffer>): void {
  const { subject: store } = usePlayground();
  useEffect(() => {
    if (typeof store.getState().subject !== "number") store.setState({ subject: image });
  }, [store, image]);
}

function setDrawing(changes: Partial<ReturnType<typeof useResults.getState>["drawing"]>): void {
  useResults.setState(({ drawing }) => ({ drawing: { ...drawing, ...changes } }));
}

function addToStroke(points: readonly number[]): void {
  const { strokes } = useResults.getState().drawing;
  const last = strokes.at(-1);
  if (last !== undefined) setDrawing({ strokes: [...strokes.slice(0, -1), [...last, ...points]] });
}
