import type { DBSchema, IDBPDatabase, IDBPObjectStore } from "idb";
import { MAX_RUNS } from "./run-limits.ts";
import type { RunRecord } from "./run-record.ts";
import { type KeptSeries, RunSeries } from "./series.ts";

/** Runs as they are kept in the browser. */
export interface RunsStorage {
  load(): Promise<readonly RunRecord[]>;
  save(run: RunRecord): Promise<void>;
  remove(id: string): Promise<void>;
}

/** A run as it is written: plain data, each curve in at most 2000 pieces. */
interface KeptRun extends Omit<RunRecord, "series"> {
  readonly format: typeof FORMAT;
  readonly series: KeptSeries;
}

/** Changes when runs are written in another way. */
const FORMAT = 1;

interface Schema extends DBSchema {
  runs: { key: string; value: KeptRun; indexes: { begun: number } };
}

/** Runs in IndexedDB. Every tab writes its own; all see all when they start. Rejects where the browser refuses storage. */
export function indexedDbRuns(): RunsStorage {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opened ??= open();
    return opened;
  };
  return {
    async load() {
      const kept = await (await database()).getAllFromIndex("runs", "begun");
      return kept.filter(({ format }) => format === FORMAT).flatMap(readable);
    },
    async save(run) {
      const { series, ...rest } = run;
      await write(await database(), (store) => store.put({ ...rest, format: FORMAT, series: series.keep() }));
      await forgetSurplus(await database());
    },
    async remove(id) {
      await write(await database(), (store) => store.delete(id));
    },
  };
}

async function open(): Promise<IDBPDatabase<Schema>> {
  const { openDB } = await import("idb");
  return openDB<Schema>("descent runs", 1, {
    upgrade: (database) => database.createObjectStore("runs", { keyPath: "id" }).createIndex("begun", "begun"),
  });
}

/** A run as it was kept, or nothing where its record is damaged: the others are not lost with it. */
function readable(kept: KeptRun): RunRecord[] {
  try {
    return [runOf(kept)];
  } catch {
    return [];
  }
}

type Store = IDBPObjectStore<Schema, ["runs"], "runs", "readwrite">;

/** Writes, and leaves nothing to be done: what is committed is written even where the page ends right now. */
async function write(database: IDBPDatabase<Schema>, change: (store: Store) => Promise<unknown>): Promise<void> {
  const transaction = database.transaction("runs", "readwrite");
  const changed = change(transaction.store);
  transaction.commit();
  await Promise.all([changed, transaction.done]);
}

async function forgetSurplus(database: IDBPDatabase<Schema>): Promise<void> {
  const { store, done } = database.transaction("runs", "readwrite");
  let surplus = (await store.count()) - MAX_RUNS;
  for (
    let cursor = surplus > 0 ? await store.index("begun").openCursor() : null;
    cursor !== null && surplus > 0;
    cursor = await cursor.continue()
  ) {
    await cursor.delete();
    surplus--;
  }
  await done;
}

function runOf({ format: _, series, ...run }: KeptRun): RunRecord {
  return { ...run, series: RunSeries.restore(series) };
}
