import type { ChartPreferences } from "../../app/preferences-store.ts";
import { nearest } from "../../app/readout.ts";
import { useChangeText } from "../runs/use-change-text.ts";
import type { RunOnChart } from "./charted-runs.ts";
import type { PlotMark } from "./plot.tsx";

/** Labels are cut after so many letters: the list of runs has them in full. */
const MAX_LETTERS = 28;

/** Where a run's experiment was changed while it trained. */
export function useMarks(run: RunOnChart | undefined, by: ChartPreferences["by"]): readonly PlotMark[] {
  const textOf = useChangeText();
  const marks = run?.record?.marks ?? [];
  return marks.flatMap(({ step, changes }): PlotMark[] => {
    const x = run && placeOf(run, step, by);
    const text = changes.map(textOf).join(", ");
    const label = text.length > MAX_LETTERS ? `${text.slice(0, MAX_LETTERS - 1)}…` : text;
    return x === undefined ? [] : [{ x, label }];
  });
}

function placeOf({ series, stepsPerEpoch }: RunOnChart, step: number, by: ChartPreferences["by"]): number | undefined {
  if (by === "step") return step;
  if (by === "epoch") return stepsPerEpoch && step / stepsPerEpoch;
  const columns = series.columns("training", "loss");
  return columns && columns.steps.length > 0 ? columns.seconds[nearest(columns.steps, step)] : undefined;
}
