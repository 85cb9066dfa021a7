import type { RunRecord } from "./run-record.ts";

/** So many runs are listed and kept; older ones are forgotten. */
export const MAX_RUNS = 50;

/** The newest runs have a value of every step for as long as the page is open, the others as many pieces as are kept. */
const MAX_WHOLE = 6;

/** What the page holds of runs that come newest first, however many they become. */
export function withinLimits(runs: readonly RunRecord[]): readonly RunRecord[] {
  // Colour 0 is the present run's, which still grows.
  return runs.slice(0, MAX_RUNS).map((run, k) => (k < MAX_WHOLE || run.slot === 0 ? run : withOutlines(run)));
}

function withOutlines(run: RunRecord): RunRecord {
  const series = run.series.outlined();
  return series === run.series ? run : { ...run, series };
}
