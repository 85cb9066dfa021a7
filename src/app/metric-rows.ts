import type { RunSeries } from "./series.ts";

/** A line of the table beside a chart. */
export interface MetricRow {
  readonly step: number;
  readonly training: number | undefined;
  /** The newest validation since the row before. */
  readonly validation: number | undefined;
}

/** A curve as rows, evenly chosen where there are more than `most`; the first and the last are always there. */
export function metricRows(series: RunSeries, metric: string, most: number): MetricRow[] {
  const training = series.columns("training", metric);
  const validation = series.columns("validation", metric);
  const rows: MetricRow[] = [];
  let v = 0;
  const validationUpTo = (step: number) => {
    let value: number | undefined;
    while (validation && v < validation.steps.length && (validation.steps[v] as number) <= step) {
      value = validation.values[v++];
    }
    return value;
  };
  if (validation?.steps[0] === 0) rows.push({ step: 0, training: undefined, validation: validationUpTo(0) });
  for (const k of evenly(training?.steps.length ?? 0, most - rows.length)) {
    const step = training?.steps[k] as number;
    rows.push({ step, training: training?.values[k], validation: validationUpTo(step) });
  }
  return rows;
}

/** At most so many of the places 0 … length − 1, evenly spread, with both ends. */
function evenly(length: number, most: number): number[] {
  const count = Math.min(length, most);
  if (count <= 1) return length > 0 ? [length - 1] : [];
  return Array.from({ length: count }, (_, k) => Math.round((k * (length - 1)) / (count - 1)));
}
