import type { ExperimentStore } from "./experiment-store.ts";
import type { LessonStore } from "./lesson-store.ts";
import type { Location } from "./location.ts";
import type { Saved, SavedExperiments } from "./saved-experiments.ts";

/** Edits that follow one another faster than this, in milliseconds, are kept once. */
const SETTLE_MS = 400;

interface Parts {
  readonly experiments: ExperimentStore;
  readonly lesson: LessonStore;
  readonly location: Pick<Location, "place" | "named">;
  readonly saved: SavedExperiments;
}

/** Keeps the experiment as it is edited. Gives a function that keeps at once what has not been kept yet. */
export function autosave({ experiments, lesson, location, saved }: Parts, onNoRoom: () => void): () => void {
  let waiting: { readonly place: string; readonly saved: Saved } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasRoom = true;

  const keep = () => {
    clearTimeout(timer);
    if (waiting === undefined) return;
    const isKept = saved.save(waiting.place, waiting.saved);
    waiting = undefined;
    // Once is enough.
    if (hasRoom && !isKept) onNoRoom();
    hasRoom = isKept;
  };

  const look = () => {
    const { experiment, preset } = experiments.getState();
    if (experiment === undefined) return;
    const { place, named } = location;
    // What was edited last at another place belongs there.
    if (waiting !== undefined && waiting.place !== place) keep();
    const { hidden, note } = lesson.getState();
    waiting = { place, saved: { hash: named, experiment, preset, hidden: [...hidden], note } };
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLE_MS);
  };

  experiments.subscribe((state, before) => {
    if (state.experiment !== before.experiment || state.openings !== before.openings) look();
  });
  return keep;
}
