import type { ChartedRun } from "./curves.ts";
import type { ChartPreferences } from "./preferences-store.ts";
import type { Part } from "./series.ts";

/** What a run measured at a place of the chart. */
export interface Reading {
  readonly step: number;
  /** Where along the chart's axis it was measured. */
  readonly x: number;
  readonly value: number;
}

/** The measurement nearest to a place along the axis; undefined beyond the end of the run. */
export function readingAt(
  run: ChartedRun,
  part: Part,
  metric: string,
  x: number,
  by: ChartPreferences["by"],
): Reading | undefined {
  const columns = run.series.columns(part, metric);
  if (columns === undefined || columns.values.length === 0) return undefined;
  const perUnit = by === "epoch" ? run.stepsPerEpoch : 1;
  if (perUnit === undefined) return undefined;
  const places = by === "second" ? columns.seconds : columns.steps;
  const wanted = x * perUnit;
  if (wanted > endOf(run, metric, by) + 1e-9) return undefined;
  const k = nearest(places, wanted);
  return { step: columns.steps[k] as number, x: (places[k] as number) / perUnit, value: columns.values[k] as number };
}

/** Where a run was measured last, by steps or seconds; validations are far apart, so each counts until the run ends. */
function endOf({ series }: ChartedRun, metric: string, by: ChartPreferences["by"]): number {
  const parts: readonly Part[] = ["training", "validation"];
  const ends = parts.map((part) => {
    const columns = series.columns(part, metric);
    return (by === "second" ? columns?.seconds : columns?.steps)?.at(-1) ?? 0;
  });
  return Math.max(...ends);
}

/** The place in ascending numbers of the one that is nearest; the first of those that are the same. */
export function nearest(ascending: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  const isBeforeNearer = low > 0 && wanted - (ascending[low - 1] as number) <= (ascending[low] as number) - wanted;
  return isBeforeNearer ? low - 1 : low;
}
