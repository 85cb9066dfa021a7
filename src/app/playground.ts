import { browserStorage } from "./browser-storage.ts";
import { createCatalogueStore } from "./catalogue-store.ts";
import { Conductor } from "./conductor.ts";
import { Engine, type EngineWorker } from "./engine.ts";
import { createExperimentStore } from "./experiment-store.ts";
import { createFilesStore } from "./files-store.ts";
import { createLessonStore } from "./lesson-store.ts";
import { loadBase } from "./link/bases.ts";
import { Location } from "./location.ts";
import { Opener } from "./opener.ts";
import { createPreferencesStore } from "./preferences-store.ts";
import { createRunStore } from "./run-store.ts";
import { createRunsStore } from "./runs-store.ts";
import { SavedExperiments } from "./saved-experiments.ts";
import { RunSeries } from "./series.ts";
import { createSubjectStore } from "./subject-store.ts";
import { createViewsStore } from "./views-store.ts";

/** Everything behind the screen, put together. */
export function createPlayground(worker: EngineWorker) {
  const engine: Engine = new Engine(worker, (news) => conductor.receive(news));
  const experiments = createExperimentStore();
  const run = createRunStore(new RunSeries());
  const runs = createRunsStore(async (name) => {
    const base = await loadBase(name);
    return base === undefined ? undefined : engine.call("parse", base);
  });
  const views = createViewsStore((requests) => {
    engine.call("watch", requests).catch(() => undefined); // what breaks the worker is told as news
  });
  const catalogue = createCatalogueStore();
  const preferences = createPreferencesStore();
  const lesson = createLessonStore();
  const subject = createSubjectStore(run);
  const files = createFilesStore();
  const conductor = new Conductor(engine, { experiments, run, runs, views });
  const location = new Location(window);
  const saved = new SavedExperiments(browserStorage("sessionStorage"), browserStorage("localStorage"));
  const opener = new Opener({ engine, experiments, lesson, conductor, location, saved });
  return {
    engine,
    experiments,
    run,
    runs,
    views,
    catalogue,
    preferences,
    lesson,
    subject,
    files,
    conductor,
    location,
    saved,
    opener,
  };
}

export type Playground = ReturnType<typeof createPlayground>;
