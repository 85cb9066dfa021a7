import { createStore } from "zustand/vanilla";

/** Parts of the screen that a teacher's link can hide. */
export const HIDEABLE = [
  "library",
  "inspector",
  "loss",
  "runs",
  "results",
  "presets",
  "share",
  "speed",
  "history",
] as const;
export type Hideable = (typeof HIDEABLE)[number];

/** What a teacher's link adds to an experiment. */
export interface Lesson {
  readonly hidden: ReadonlySet<Hideable>;
  /** A text beside the network. */
  readonly note: string | undefined;
}

export function createLessonStore() {
  return createStore<Lesson>(() => ({ hidden: new Set(), note: undefined }));
}

export type LessonStore = ReturnType<typeof createLessonStore>;
