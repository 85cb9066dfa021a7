import { beforeEach, expect, test, vi } from "vitest";
import { keepRuns } from "../../src/app/keep-runs.ts";
import { nameOf } from "../../src/app/run-name.ts";
import { NAMES, type RunRecord } from "../../src/app/run-record.ts";
import { withoutClashes } from "../../src/app/run-slots.ts";
import type { RunsStorage } from "../../src/app/runs-storage.ts";
import { createRunsStore, type RunsStore } from "../../src/app/runs-store.ts";
import { RunSeries } from "../../src/app/series.ts";
import type { Experiment } from "../../src/train/protocol.ts";
import { plainExperiment, withRate } from "./plain-experiment.ts";

let store: RunsStore;

beforeEach(() => {
  vi.useFakeTimers();
  store = createRunsStore(async (name) => (name === "plain" ? plainExperiment : undefined));
  return () => void vi.useRealTimers();
});

function begin(experiment: Experiment = plainExperiment, preset: string | undefined = "plain"): RunSeries {
  const series = new RunSeries();
  store.begin({ experiment, series, preset, stepsPerEpoch: 10 });
  // The list is in order of time.
  vi.advanceTimersByTime(1000);
  return series;
}

function step(series: RunSeries, count = 1): void {
  const steps = Float64Array.from({ length: count }, (_, k) => series.lastStep + k + 1);
  series.add({ steps, seconds: steps, values: new Map([["loss", new Float32Array(count).fill(1)]]) });
  store.progress(series);
}

/** A whole run of some steps. */
function train(experiment: Experiment = plainExperiment, preset?: string): RunSeries {
  const series = begin(experiment, preset);
  step(series, 3);
  return series;
}

const runs = () => store.getState().runs;
const newest = () => runs()[0] as RunRecord;
const slots = () => runs().map(({ slot }) => slot);

test("a run is listed with its first step, the newest first, and the present one has colour 0", () => {
  const first = begin();
  first.addValidation(0, { loss: 1 });
  store.progress(first);
  expect(runs()).toEqual([]);
  step(first);
  expect(slots()).toEqual([0]);
  begin();
  expect(runs().length).toBe(1);
  expect(store.getState().present).toBeUndefined();
  train();
  expect(runs().length).toBe(2);
  expect(newest().id).toBe(store.getState().present);
});

test("runs are told apart on a page that is not secure, too", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  train();
  train();
  expect(new Set(runs().map(({ id }) => id)).size).toBe(2);
  vi.unstubAllGlobals();
});

test("the last five runs are drawn beside the present one, each in a colour of its own that it keeps", () => {
  for (let k = 0; k < 7; k++) train();
  expect(slots().filter((slot) => slot !== undefined).length).toBe(6);
  expect(slots()[6]).toBeUndefined();
  expect(new Set(slots().slice(0, 6)).size).toBe(6);
  const before = new Map(runs().map(({ id, slot }) => [id, slot]));
  train();
  for (const run of runs().slice(2, 6)) expect(run.slot).toBe(before.get(run.id));
});

test("showing a sixth run hides the oldest, and hiding one frees its colour", () => {
  for (let k = 0; k < 7; k++) train();
  const [oldest, sixth] = [runs()[6] as RunRecord, runs()[5] as RunRecord];
  store.show(oldest.id, true);
  expect(runs()[6]?.slot).toBe(sixth.slot);
  expect(runs()[5]?.slot).toBeUndefined();
  store.show(oldest.id, false);
  store.show(sixth.id, true);
  expect(runs()[5]?.slot).toBe(sixth.slot);
});

test("the newest six runs have every step, those before their outlines, and more than fifty are not listed", () => {
  step(begin(), 5000);
  for (let k = 0; k < 5; k++) train();
  const values = () =>
    runs()
      .find(({ id }) => id === long.id)
      ?.series.columns("training", "loss")?.values.length;
  const long = runs()[5] as RunRecord;
  expect(values()).toBe(5000);
  train();
  expect(values()).toBeLessThanOrEqual(2000);
  expect(runs()[6]?.series.lastStep).toBe(5000);
  for (let k = 0; k < 50; k++) train();
  expect(runs()).toHaveLength(50);
  expect(values()).toBeUndefined();
});

test("the present run is always drawn", () => {
  train();
  store.show(newest().id, false);
  expect(newest().slot).toBe(0);
});

test("what cannot be compared is hidden when another task is opened, and drawn again when that comes back", () => {
  train();
  const other: Experiment = { ...plainExperiment, data: { kind: "ridge" } };
  train(other, "other");
  expect(slots()).toEqual([0, undefined]);
  train();
  expect(slots()[0]).toBe(0);
  expect(slots()[1]).toBeUndefined();
  expect(slots()[2]).toBeGreaterThan(0);
});

test("a first run is told from its preset, later ones from the run before", async () => {
  train();
  await vi.runAllTimersAsync();
  expect(newest().difference).toEqual({ from: "preset", changes: [] });
  train(withRate(0.1));
  expect(newest().difference.from).toBe("run");
  expect(newest().difference.changes).toMatchObject([{ field: "learningRate", to: 0.1 }]);
  train(plainExperiment, "unknown");
  await vi.runAllTimersAsync();
  expect(newest().difference).toEqual({ from: "nothing", changes: [] });
});

test("a change before the first step is no mark: the run begins with it", () => {
  const series = begin();
  store.changed(withRate(0.5), 20);
  step(series);
  expect(newest().first).toEqual(withRate(0.5));
  expect(newest().stepsPerEpoch).toBe(20);
  expect(newest().marks).toEqual([]);
});

test("a change is marked where it was made, once a step was made with it", () => {
  const series = begin();
  step(series, 5);
  store.changed(withRate(0.5), 10);
  expect(newest().experiment).toEqual(plainExperiment);
  step(series);
  expect(newest().experiment).toEqual(withRate(0.5));
  expect(newest().first).toEqual(plainExperiment);
  expect(newest().marks).toMatchObject([{ step: 5, changes: [{ field: "learningRate", to: 0.5 }] }]);
});

test("a change after the last step belongs to the next run alone", () => {
  train();
  store.changed(withRate(0.5), 10);
  train(withRate(0.5));
  expect(runs()[1]?.experiment).toEqual(plainExperiment);
  expect(runs()[1]?.marks).toEqual([]);
});

test("the ticks of a slider are one mark, and none where it ends where it began", () => {
  const series = train();
  for (const rate of [0.02, 0.03, 0.04]) {
    store.changed(withRate(rate), 10);
    step(series);
  }
  expect(newest().marks).toMatchObject([{ step: 3, changes: [{ to: 0.04 }] }]);
  store.changed(withRate(0.01), 10);
  step(series);
  expect(newest().marks).toEqual([]);
  vi.advanceTimersByTime(5000);
  store.changed(withRate(0.2), 10);
  step(series);
  vi.advanceTimersByTime(5000);
  store.changed(withRate(0.3), 10);
  step(series);
  expect(newest().marks.map((mark) => mark.step)).toEqual([7, 8]);
});

test("a run that was put back has its later marks where it goes on", () => {
  const series = train();
  store.changed(withRate(0.5), 10);
  step(series);
  series.cutAfter(1);
  store.returned(1);
  expect(newest().marks.map((mark) => mark.step)).toEqual([1]);
});

test("runs are renamed, and an empty name gives the first name back", () => {
  train();
  store.rename(newest().id, "  my best  ");
  expect(newest().name).toBe("my best");
  store.rename(newest().id, " ");
  expect(newest().name).toBeUndefined();
});

test("deleted runs can be put back where they were; the present one stays", () => {
  for (let k = 0; k < 3; k++) train();
  const before = runs();
  store.remove(before.map(({ id }) => id));
  expect(runs()).toEqual([before[0]]);
  store.putBack();
  expect(runs()).toEqual(before);
  expect(store.getState().deleted).toEqual([]);
});

test("of runs with the same colour the newest keeps it", () => {
  for (let k = 0; k < 3; k++) train();
  expect(withoutClashes(runs().map((run) => ({ ...run, slot: 2 }))).map(({ slot }) => slot)).toEqual([
    2,
    undefined,
    undefined,
  ]);
});

test("there are 3600 names, all different, in both languages", () => {
  const names = Array.from({ length: NAMES }, (_, number) => nameOf(number));
  expect(new Set(names.map(({ en }) => en)).size).toBe(NAMES);
  expect(new Set(names.map(({ zh }) => zh)).size).toBe(NAMES);
  expect(names.every(({ en, zh }) => /^[a-z]+ [a-z]+$/.test(en) && /^\p{Script=Han}{3,6}$/u.test(zh))).toBe(true);
});

test("runs on the page have different names", () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  for (let k = 0; k < 20; k++) train();
  expect(new Set(runs().map(({ nameNumber }) => nameNumber)).size).toBe(20);
  vi.restoreAllMocks();
});

/** Storage in memory that counts what is written. */
function memory(kept: RunRecord[] = []) {
  const saved = new Map(kept.map((run) => [run.id, run]));
  const writes: string[] = [];
  const storage: RunsStorage = {
    load: async () => [...saved.values()],
    save: async (run) => {
      writes.push(run.id);
      saved.set(run.id, run);
    },
    remove: async (id) => void saved.delete(id),
  };
  return { storage, saved, writes };
}

test("runs are written some seconds after they changed, not at every step, and only those that changed", async () => {
  const { storage, saved, writes } = memory();
  keepRuns(store, storage);
  const series = train();
  for (let k = 0; k < 100; k++) step(series);
  await vi.advanceTimersByTimeAsync(3100);
  expect(writes).toEqual([newest().id]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(writes.length).toBe(1);
  train();
  await vi.advanceTimersByTimeAsync(3100);
  expect(saved.size).toBe(2);
});

test("a new name is written at once, training's progress later", async () => {
  const { storage, saved, writes } = memory();
  keepRuns(store, storage);
  const series = train();
  await vi.advanceTimersByTimeAsync(3100);
  step(series);
  store.rename(newest().id, "mine");
  await vi.advanceTimersByTimeAsync(300);
  expect(saved.get(newest().id)?.name).toBe("mine");
  step(series);
  await vi.advanceTimersByTimeAsync(300);
  expect(writes.length).toBe(2);
});

test("when the page is left, what is new is written at once", async () => {
  const { storage, saved } = memory();
  const writeNow = keepRuns(store, storage);
  train();
  writeNow();
  expect(saved.size).toBe(1);
});

test("runs of earlier visits are listed, and none of them is the present one", async () => {
  train();
  const { storage, writes } = memory([...runs()]);
  store = createRunsStore(async () => undefined);
  keepRuns(store, storage);
  await vi.advanceTimersByTimeAsync(0);
  expect(slots()).toEqual([1]);
  begin();
  expect(slots()).toEqual([1]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(writes).toEqual([]);
});

test("deleting forgets a run for good, and putting it back keeps it again", async () => {
  const { storage, saved } = memory();
  keepRuns(store, storage);
  train();
  train();
  await vi.advanceTimersByTimeAsync(3100);
  store.remove([(runs()[1] as RunRecord).id]);
  await vi.advanceTimersByTimeAsync(3100);
  expect(saved.size).toBe(1);
  store.putBack();
  await vi.advanceTimersByTimeAsync(3100);
  expect(saved.size).toBe(2);
});

test("a browser that refuses storage is told on screen, and everything goes on", async () => {
  const storage: RunsStorage = {
    load: () => Promise.reject(new Error("blocked")),
    save: () => Promise.reject(new DOMException("full", "QuotaExceededError")),
    remove: async () => undefined,
  };
  keepRuns(store, storage);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState().keeping).toBe("blocked");
  train();
  await vi.advanceTimersByTimeAsync(3100);
  expect(store.getState().keeping).toBe("full");
  expect(runs().length).toBe(1);
});
