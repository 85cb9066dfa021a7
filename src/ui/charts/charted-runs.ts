import type { ChartedRun } from "../../app/curves.ts";
import type { Playground } from "../../app/playground.ts";
import type { RunRecord } from "../../app/run-record.ts";

/** A run on the chart; the present one has no record before its first step. */
export interface RunOnChart extends ChartedRun {
  readonly record: RunRecord | undefined;
}

/** The runs that the chart draws: those laid under the present one, oldest first, and the present one over them. */
export function runsOnChart({ run, runs }: Playground): RunOnChart[] {
  const { series, opened } = run.getState();
  const all = runs.getState();
  const overlaid = all.runs
    .filter(({ id, slot }) => slot !== undefined && slot > 0 && id !== all.present)
    .map((record) => ({ ...record, slot: record.slot as number, record }));
  const record = all.runs.find(({ id }) => id === all.present);
  const present = { id: "present", slot: 0, series, stepsPerEpoch: opened?.summary.stepsPerEpoch, record };
  return [...overlaid.reverse(), present];
}
