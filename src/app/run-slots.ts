import type { Experiment } from "../train/protocol.ts";
import { isComparable, type RunRecord } from "./run-record.ts";

// Which runs are drawn, and in which colours. Colour 0 is the present run's; a run keeps its colour as long as it is drawn.

/** So many runs are drawn beside the present one. */
export const MAX_OVERLAID = 5;

const SLOTS = Array.from({ length: MAX_OVERLAID }, (_, k) => k + 1);

/** Draws a run too, in a colour that is free; where none is, the oldest gives way. Runs come newest first. */
export function withShown(runs: readonly RunRecord[], id: string): readonly RunRecord[] {
  const run = runs.find((one) => one.id === id);
  if (run === undefined || run.slot !== undefined) return runs;
  const others = runs.filter((one) => one.id !== id && isOverlaid(one));
  const oldest = others.length < MAX_OVERLAID ? undefined : others.at(-1);
  const taken = new Set(others.filter((one) => one !== oldest).map(({ slot }) => slot));
  const slot = SLOTS.find((one) => !taken.has(one)) as number;
  return runs.map((one) => (one.id === id ? { ...one, slot } : one === oldest ? { ...one, slot: undefined } : one));
}

export function withHidden(runs: readonly RunRecord[], id: string): readonly RunRecord[] {
  return runs.map((one) => (one.id === id && one.slot !== undefined ? { ...one, slot: undefined } : one));
}

/** For another task: hides what cannot be compared with it, and draws the newest five that can. */
export function withComparable(runs: readonly RunRecord[], experiment: Experiment): readonly RunRecord[] {
  const comparable = runs
    .filter((run) => run.slot !== 0 && isComparable(run.experiment, experiment))
    .slice(0, MAX_OVERLAID);
  const hidden = runs.map((run) => (comparable.includes(run) || run.slot === 0 ? run : { ...run, slot: undefined }));
  // The oldest first, so that none gives way to another.
  return comparable.reduceRight((all, { id }) => withShown(all, id), hidden as readonly RunRecord[]);
}

/** Runs that several tabs have drawn may have the same colour: the newest keeps it, the others are hidden. */
export function withoutClashes(runs: readonly RunRecord[]): readonly RunRecord[] {
  const taken = new Set<number>();
  return runs.map((run) => {
    if (run.slot === undefined) return run;
    const clashes = taken.has(run.slot) || run.slot > MAX_OVERLAID;
    taken.add(run.slot);
    return clashes ? { ...run, slot: undefined } : run;
  });
}

const isOverlaid = ({ slot }: RunRecord) => slot !== undefined && slot > 0;
