import { createStore } from "zustand/vanilla";
import type { Experiment } from "../train/protocol.ts";
import { type AheadChange, ChangeMarker } from "./change-marker.ts";
import { randomId } from "./random-id.ts";
import { runChanges } from "./run-changes.ts";
import { withinLimits } from "./run-limits.ts";
import { isComparable, NAMES, type RunDifference, type RunRecord } from "./run-record.ts";
import { withComparable, withHidden, withoutClashes, withShown } from "./run-slots.ts";
import type { RunSeries } from "./series.ts";

export interface RunsState {
  /** The newest first. One that has not made a step yet is not listed. */
  readonly runs: readonly RunRecord[];
  /** The run that is open, once it is listed. */
  readonly present: string | undefined;
  /** The metric that charts and lists look at. */
  readonly metric: string;
  /** What was deleted last, to be put back. */
  readonly deleted: readonly RunRecord[];
  /** Why runs are not kept across reloads; undefined: they are. */
  readonly keeping: "blocked" | "full" | undefined;
  /** Grows whenever the present run has new metrics. */
  readonly updates: number;
}

/** What there is to know of a run that begins. */
export interface RunStart {
  readonly experiment: Experiment;
  readonly series: RunSeries;
  readonly preset: string | undefined;
  readonly stepsPerEpoch: number | undefined;
}

/** Every run on the page. `loadPreset` gives a preset's experiment, to tell what a first run changed. */
export function createRunsStore(loadPreset: (name: string) => Promise<Experiment | undefined>) {
  const store = createStore<RunsState>(() => ({
    runs: [],
    present: undefined,
    metric: "loss",
    deleted: [],
    keeping: undefined,
    updates: 0,
  }));
  const { getState, setState } = store;
  /** The run that is open, as long as it has not made a step. */
  let pending: RunRecord | undefined;
  let open: Experiment | undefined;
  /** A change that the present run has not made a step with. */
  let ahead: AheadChange | undefined;
  const marker = new ChangeMarker();

  const update = (id: string, changes: Partial<RunRecord>) => {
    if (pending?.id === id) pending = { ...pending, ...changes };
    setState({ runs: getState().runs.map((run) => (run.id === id ? { ...run, ...changes } : run)) });
  };

  /** The first run of a preset is told from the preset, the others from the run before. */
  const describe = async ({ id, first, preset }: RunRecord) => {
    const before = getState().runs.find((run) => run.id !== id);
    const isAlike = before !== undefined && before.preset === preset && isComparable(before.first, first);
    if (isAlike) return update(id, { difference: { from: "run", changes: runChanges(before.first, first) } });
    // Without the preset, the run is only not told from it.
    const base = preset === undefined ? undefined : await loadPreset(preset).catch(() => undefined);
    if (base !== undefined) update(id, { difference: { from: "preset", changes: runChanges(base, first) } });
  };

  return Object.assign(store, {
    /** Another run is open: the one before, if it made a step, is drawn beside it. */
    begin({ experiment, series, preset, stepsPerEpoch }: RunStart): void {
      const { runs, present } = getState();
      const isOther = open === undefined || !isComparable(open, experiment);
      const others = runs.map((run) => (run.id === present ? { ...run, slot: undefined } : run));
      setState({
        runs: isOther ? withComparable(others, experiment) : present === undefined ? runs : withShown(others, present),
        present: undefined,
      });
      open = experiment;
      ahead = undefined;
      marker.forget();
      pending = {
        id: randomId(),
        begun: Date.now(),
        nameNumber: freeName(runs),
        name: undefined,
        preset,
        first: experiment,
        experiment,
        stepsPerEpoch,
        difference: NO_DIFFERENCE,
        marks: [],
        slot: 0,
        series,
      };
      describe(pending);
    },

    /** The run is left for an experiment that is not open yet: it is drawn no more. */
    leave(): void {
      const { present } = getState();
      if (present !== undefined) update(present, { slot: undefined });
      pending = undefined;
      ahead = undefined;
      setState({ present: undefined });
    },

    /** The present run has new metrics. */
    progress(series: RunSeries): void {
      setState({ updates: getState().updates + 1 });
      if (pending?.series === series && series.lastStep > 0) {
        const listed = pending;
        pending = undefined;
        setState({ runs: withinLimits([listed, ...getState().runs]), present: listed.id });
      }
      const run = present();
      if (ahead === undefined || run?.series !== series || series.lastStep <= ahead.step) return;
      update(run.id, marker.marked(run, ahead));
      ahead = undefined;
    },

    /** The present run goes on with a changed experiment; it is that of the run once a step was made with it. */
    changed(experiment: Experiment, stepsPerEpoch: number | undefined): void {
      open = experiment;
      if (pending !== undefined) {
        pending = { ...pending, first: experiment, experiment, stepsPerEpoch };
        describe(pending);
      } else {
        ahead = { experiment, stepsPerEpoch, step: ahead?.step ?? present()?.series.lastStep ?? 0 };
      }
    },

    /** The present run was put back to a step: what was changed later goes on from there. */
    returned(step: number): void {
      const run = present();
      if (run === undefined) return;
      if (ahead !== undefined) ahead = { ...ahead, step: Math.min(ahead.step, step) };
      marker.forget();
      update(run.id, { marks: run.marks.map((mark) => ({ ...mark, step: Math.min(mark.step, step) })) });
    },

    /** Draws a run's curves beside those of the present one, or does not. */
    show(id: string, isShown: boolean): void {
      if (id === getState().present) return;
      setState({ runs: (isShown ? withShown : withHidden)(getState().runs, id) });
    },

    /** An empty name is none: then it has its memorable one again. */
    rename(id: string, name: string): void {
      update(id, { name: name.trim() || undefined });
    },

    /** Deletes runs; they can be put back until others are deleted. The present run stays. */
    remove(ids: readonly string[]): void {
      const { runs, present } = getState();
      const goes = ({ id }: RunRecord) => id !== present && ids.includes(id);
      setState({ runs: runs.filter((run) => !goes(run)), deleted: runs.filter(goes) });
    },

    putBack(): void {
      const { runs, deleted } = getState();
      setState({ runs: merged(runs, deleted), deleted: [] });
    },

    /** Lists runs of earlier visits too. */
    restore(kept: readonly RunRecord[]): void {
      // None of them is the present one any more.
      const runs = merged(
        getState().runs,
        kept.map((run) => (run.slot === 0 ? { ...run, slot: undefined } : run)),
      );
      // Most likely the experiment that opens is that of the last run.
      const experiment = open ?? runs[0]?.experiment;
      setState({ runs: experiment === undefined ? runs : withComparable(runs, experiment) });
      if (pending !== undefined) describe(pending);
    },
  });

  function present(): RunRecord | undefined {
    const { runs, present } = getState();
    return runs.find(({ id }) => id === present);
  }
}

const NO_DIFFERENCE: RunDifference = { from: "nothing", changes: [] };

/** Newest first, each once, each colour once, and not too many. */
function merged(runs: readonly RunRecord[], more: readonly RunRecord[]): readonly RunRecord[] {
  const known = new Set(runs.map(({ id }) => id));
  const all = [...runs, ...more.filter(({ id }) => !known.has(id))];
  return withinLimits(withoutClashes(all.sort((a, b) => b.begun - a.begun)));
}

function freeName(runs: readonly RunRecord[]): number {
  const taken = new Set(runs.map(({ nameNumber }) => nameNumber));
  let number = Math.floor(Math.random() * NAMES);
  while (taken.has(number)) number = (number + 61) % NAMES;
  return number;
}

export type RunsStore = ReturnType<typeof createRunsStore>;
