import { createStore } from "zustand/vanilla";
import type { Experiment } from "../train/protocol.ts";
import { keptSelection } from "./kept-selection.ts";

/** The experiment on the page, what can be undone, and what is selected. */
export interface ExperimentState {
  /** Undefined until the first one was opened. */
  readonly experiment: Experiment | undefined;
  /** The name of the preset it started from; links hold only what differs from it. */
  readonly preset: string | undefined;
  /** Grows whenever another experiment is put in place, rather than this one edited. */
  readonly openings: number;
  /** The newest last. */
  readonly past: readonly Experiment[];
  /** What was undone, the next to redo last. */
  readonly future: readonly Experiment[];
  /** Ids of nodes and groups; "from>to" of edges. */
  readonly selection: readonly string[];
}

/** So many edits can be undone. */
const MAX_PAST = 200;

/** Edits with the same key within this time, in milliseconds, are undone as one: a slider's, a name as it is typed. */
const MERGE_MS = 1000;

/**
 * The one place where the experiment lives. Experiments are never changed: an edit is a function from one to the next.
 */
export function createExperimentStore() {
  let lastKey: string | undefined;
  let lastEdit = Number.NEGATIVE_INFINITY;
  const store = createStore<ExperimentState>(() => ({
    experiment: undefined,
    preset: undefined,
    openings: 0,
    past: [],
    future: [],
    selection: [],
  }));
  const { getState, setState } = store;

  /** The same experiment in another state; nothing that is gone stays selected. */
  const put = (experiment: Experiment, past: readonly Experiment[], future: readonly Experiment[]) =>
    setState({ experiment, past, future, selection: keptSelection(getState().selection, experiment.model) });

  return Object.assign(store, {
    /** Puts another experiment in place; the history begins anew. */
    open(experiment: Experiment, preset: string | undefined): void {
      lastKey = undefined;
      const openings = getState().openings + 1;
      setState({ experiment, preset, openings, past: [], future: [], selection: [] });
    },

    /** Does an edit; `mergeKey` makes quick edits of the same thing one in the history. */
    edit(change: (experiment: Experiment) => Experiment, mergeKey?: string): void {
      const { experiment, past } = getState();
      if (experiment === undefined) return;
      const next = change(experiment);
      if (next === experiment) return;
      const merges = mergeKey !== undefined && mergeKey === lastKey && performance.now() - lastEdit < MERGE_MS;
      lastKey = mergeKey;
      lastEdit = performance.now();
      put(next, merges ? past : [...past.slice(1 - MAX_PAST), experiment], []);
    },

    undo(): void {
      const { experiment, past, future } = getState();
      const before = past.at(-1);
      if (experiment === undefined || before === undefined) return;
      lastKey = undefined;
      put(before, past.slice(0, -1), [...future, experiment]);
    },

    redo(): void {
      const { experiment, past, future } = getState();
      const after = future.at(-1);
      if (experiment === undefined || after === undefined) return;
      lastKey = undefined;
      put(after, [...past, experiment], future.slice(0, -1));
    },

    select(selection: readonly string[]): void {
      setState({ selection });
    },
  });
}

export type ExperimentStore = ReturnType<typeof createExperimentStore>;
