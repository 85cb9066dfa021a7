import { createStore } from "zustand/vanilla";
import type { DataDescription } from "../train/protocol.ts";
import type { Subject } from "../train/view-protocol.ts";
import type { RunStore } from "./run-store.ts";

/**
 * The sample that cards, feature maps, states and attention show: by its place among the validation samples, or as drawn.
 * The first one again, once other data is open in which it is not.
 */
export function createSubjectStore(run: RunStore) {
  const store = createStore<{ readonly subject: Subject }>(() => ({ subject: 0 }));
  run.subscribe(({ opened }, before) => {
    if (opened === undefined || opened === before.opened) return;
    if (!isSubjectOf(store.getState().subject, opened.data)) store.setState({ subject: 0 });
  });
  return store;
}

/** Whether the data has such a sample, or samples of this size. */
export function isSubjectOf(subject: Subject, { inputs, validationSamples }: DataDescription): boolean {
  if (typeof subject === "number") return subject < validationSamples;
  return subject.length === (inputs[0]?.shape ?? []).reduce((size, side) => size * side, 1);
}
