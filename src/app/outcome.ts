import type { Part, RunSeries } from "./series.ts";

/** How a run did by a metric. */
export interface Outcome {
  /** Validation where there is any: of a batch, a number says less. */
  readonly part: Part;
  readonly last: number;
  readonly best: { readonly value: number; readonly step: number };
}

/** The last and the best value of a metric; undefined before there is one. */
export function outcomeOf(series: RunSeries, metric: string, better: "higher" | "lower"): Outcome | undefined {
  // The validation before the first step says how a run begins, not how it does.
  const validation = series.outline("validation", metric);
  const part: Part =
    validation !== undefined && (validation.steps[validation.length - 1] ?? 0) > 0 ? "validation" : "training";
  const outline = series.outline(part, metric);
  const last = series.latest(part)[metric];
  if (outline === undefined || last === undefined) return undefined;
  const values = better === "higher" ? outline.largest : outline.least;
  let best = -1;
  for (let k = 0; k < outline.length; k++) {
    const value = values[k] as number;
    if (!Number.isFinite(value)) continue;
    if (best < 0 || (better === "higher" ? value > (values[best] as number) : value < (values[best] as number)))
      best = k;
  }
  if (best < 0) return undefined;
  return { part, last, best: { value: values[best] as number, step: outline.steps[best] as number } };
}

/** Runs beside each other, like with like: by validation where any has one, and then those alone that have. */
export function comparedOutcomes(
  all: readonly RunSeries[],
  metric: string,
  better: "higher" | "lower",
): { readonly part: Part; readonly outcomes: readonly (Outcome | undefined)[] } {
  const outcomes = all.map((series) => outcomeOf(series, metric, better));
  const part: Part = outcomes.some((outcome) => outcome?.part === "validation") ? "validation" : "training";
  return { part, outcomes: outcomes.map((outcome) => (outcome?.part === part ? outcome : undefined)) };
}
