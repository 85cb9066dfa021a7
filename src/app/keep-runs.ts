import type { RunRecord } from "./run-record.ts";
import type { RunsStorage } from "./runs-storage.ts";
import type { RunsStore } from "./runs-store.ts";

/** What training adds is written this long after it came, in milliseconds: not at every step. */
const PROGRESS_MS = 3000;

/** What the visitor changes, such as a name, is written sooner. */
const CHANGE_MS = 200;

/**
 * Lists the runs of earlier visits, and writes what changes. Where the browser refuses, the screen is told and runs last
 * as long as the page. Gives the function that writes at once what has not been written, for when the page is left.
 */
export function keepRuns(store: RunsStore, storage: RunsStorage): () => void {
  /** What is written of each run. */
  const written = new Map<string, { readonly run: RunRecord; readonly version: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Number.POSITIVE_INFINITY;

  const attempt = async (write: () => Promise<void>, onRefused?: () => void) => {
    try {
      await write();
      if (store.getState().keeping !== undefined) store.setState({ keeping: undefined });
    } catch (error) {
      onRefused?.();
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      store.setState({ keeping: isFull ? "full" : "blocked" });
    }
  };
  const writeNow = () => {
    clearTimeout(timer);
    due = Number.POSITIVE_INFINITY;
    const { runs } = store.getState();
    for (const run of runs) {
      const before = written.get(run.id);
      const { version } = run.series;
      if (before?.run === run && before.version === version) continue;
      written.set(run.id, { run, version });
      attempt(
        () => storage.save(run),
        () => written.delete(run.id),
      );
    }
    const listed = new Set(runs.map(({ id }) => id));
    for (const id of written.keys()) {
      if (listed.has(id)) continue;
      written.delete(id);
      attempt(() => storage.remove(id));
    }
  };

  const writeIn = (ms: number) => {
    if (performance.now() + ms >= due) return;
    due = performance.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(writeNow, ms);
  };

  attempt(async () => {
    const kept = await storage.load();
    store.restore(kept);
    for (const { id } of kept) {
      const run = store.getState().runs.find((one) => one.id === id);
      if (run !== undefined) written.set(id, { run, version: run.series.version });
    }
  });
  store.subscribe(({ runs, updates }, before) => {
    if (runs !== before.runs) writeIn(CHANGE_MS);
    else if (updates !== before.updates) writeIn(PROGRESS_MS);
  });
  return writeNow;
}
