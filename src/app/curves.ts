import { type Axis, axisOf, placeOf, roundTicks, type Scale } from "./axis.ts";
import { decimate, type Point } from "./decimate.ts";
import type { Outline } from "./outline.ts";
import type { ChartPreferences } from "./preferences-store.ts";
import type { Part, RunSeries } from "./series.ts";
import { smooth } from "./smooth.ts";

/** A run as a chart draws it. */
export interface ChartedRun {
  readonly id: string;
  /** Which of the colours of runs; 0: the present run. */
  readonly slot: number;
  readonly series: RunSeries;
  /** Undefined where it is not known: then it has no place on an axis of epochs. */
  readonly stepsPerEpoch: number | undefined;
}

/** A line of the chart. */
export interface Curve {
  readonly run: string;
  readonly slot: number;
  /** "raw": the batches as they are, thin under the smoothed line. */
  readonly kind: "raw" | "training" | "validation";
  readonly points: readonly Point[];
}

export interface Drawing {
  readonly curves: readonly Curve[];
  readonly x: Axis;
  readonly y: Axis;
}

/** Smoothing is meant for a chart of so many points; a longer curve is smoothed over as much of the chart's width. */
const SMOOTHED_POINTS = 500;

const LINES = { x: 6, y: 5 };

/** The curves of a metric, decimated to so many columns, and the axes that hold them. */
export function drawingOf(
  runs: readonly ChartedRun[],
  metric: string,
  { scale, smoothing, by }: ChartPreferences,
  columns: number,
): Drawing {
  const end = Math.max(0, ...runs.map((run) => endOf(run, metric, by)));
  const unit = Math.max(1, ...runs.map(({ series }) => series.lastStep / SMOOTHED_POINTS));
  const curves = runs.flatMap((run): Curve[] => {
    const { id, slot, series } = run;
    const curve = (kind: Curve["kind"], outline: Outline | undefined, values?: ArrayLike<number>): Curve[] => {
      const xs = outline && placesAlong(outline, run, by);
      if (outline === undefined || xs === undefined) return [];
      const places = (of: ArrayLike<number>) =>
        Float64Array.from({ length: outline.length }, (_, k) => of[k] as number);
      const least = places(values ?? outline.least);
      const largest = places(values ?? outline.largest);
      if (scale === "log") onLogScale(least, largest);
      return [{ run: id, slot, kind, points: decimate({ xs, least, largest, length: xs.length }, 0, end, columns) }];
    };
    const training = series.outline("training", metric);
    const isSmoothed = smoothing > 0 && metric !== "learningRate";
    return [
      ...(isSmoothed && slot === 0 ? curve("raw", training) : []),
      ...curve("training", training, isSmoothed && training ? smooth(training, smoothing, unit) : undefined),
      ...curve("validation", series.outline("validation", metric)),
    ];
  });
  return { curves, x: xAxis(end, by), y: yAxis(curves, scale) };
}

/** Values that have no place on a log scale are left out; of a band that reaches below zero, what is above is drawn. */
function onLogScale(least: Float64Array, largest: Float64Array): void {
  for (let k = 0; k < least.length; k++) {
    const [bottom, top] = [placeOf(least[k] as number, "log"), placeOf(largest[k] as number, "log")];
    least[k] = Number.isNaN(bottom) ? top : bottom;
    largest[k] = top;
  }
}

function placesAlong(
  { steps, seconds, length }: Outline,
  { stepsPerEpoch }: ChartedRun,
  by: ChartPreferences["by"],
): Float64Array | undefined {
  if (by === "second") return seconds.subarray(0, length);
  if (by === "step") return steps.subarray(0, length);
  return stepsPerEpoch === undefined ? undefined : steps.subarray(0, length).map((step) => step / stepsPerEpoch);
}

function endOf(run: ChartedRun, metric: string, by: ChartPreferences["by"]): number {
  const parts: readonly Part[] = ["training", "validation"];
  return Math.max(
    ...parts.map((part) => {
      const outline = run.series.outline(part, metric);
      return (outline && placesAlong(outline, run, by)?.at(-1)) ?? 0;
    }),
  );
}

function xAxis(end: number, by: ChartPreferences["by"]): Axis {
  return { from: 0, to: end || 1, ticks: roundTicks(end, LINES.x, by === "step") };
}

function yAxis(curves: readonly Curve[], scale: Scale): Axis {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { points } of curves) {
    for (const { y } of points) {
      if (y < least) least = y;
      if (y > largest) largest = y;
    }
  }
  return axisOf(least, largest, scale, LINES.y);
}
