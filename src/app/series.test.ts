import { expect, test } from "vitest";
import { RunSeries } from "./series.ts";

function batch(from: number, values: Readonly<Record<string, readonly number[]>>) {
  const length = Object.values(values)[0]?.length ?? 0;
  return {
    steps: Float64Array.from({ length }, (_, k) => from + k),
    seconds: Float64Array.from({ length }, (_, k) => (from + k) / 100),
    values: new Map(Object.entries(values).map(([name, list]) => [name, Float32Array.from(list)])),
  };
}

test("batches of metrics are joined in order", () => {
  const series = new RunSeries();
  series.add(batch(1, { loss: [3, 2] }));
  series.add(batch(3, { loss: [1] }));
  expect([...(series.columns("training", "loss")?.values ?? [])]).toEqual([3, 2, 1]);
  expect([...(series.columns("training", "loss")?.steps ?? [])]).toEqual([1, 2, 3]);
  expect(series.lastStep).toBe(3);
});

test("a metric that comes later has no values of earlier steps, and one that ends none of later ones", () => {
  const series = new RunSeries();
  series.add(batch(1, { loss: [3], accuracy: [0.5] }));
  series.add(batch(2, { loss: [2], top5: [0.75] }));
  expect([...(series.columns("training", "accuracy")?.values ?? [])]).toEqual([0.5, Number.NaN]);
  expect([...(series.columns("training", "top5")?.values ?? [])]).toEqual([Number.NaN, 0.75]);
});

test("a run that was put back forgets what came after, in columns and outlines, and goes on from there", () => {
  const series = new RunSeries();
  series.add(batch(1, { loss: [5, 4, 99] }));
  series.addValidation(3, { loss: 98 });
  expect(series.outline("training", "loss")?.length).toBe(3);
  series.cutAfter(2);
  expect(series.outline("training", "loss")?.length).toBe(2);
  expect(series.columns("validation", "loss")?.values.length).toBe(0);
  series.add(batch(3, { loss: [3, 2] }));
  expect([...(series.outline("training", "loss")?.largest.subarray(0, 4) ?? [])]).toEqual([5, 4, 3, 2]);
});

test("a step that is validated again has the newer value alone", () => {
  const series = new RunSeries();
  series.addValidation(0, { loss: 1 });
  series.addValidation(0, { loss: 2 });
  expect([...(series.columns("validation", "loss")?.values ?? [])]).toEqual([2]);
});

test("a validation has the time of its step", () => {
  const series = new RunSeries();
  series.add(batch(1, { loss: [3, 2, 1] }));
  series.addValidation(2, { loss: 2.5 });
  expect(series.columns("validation", "loss")?.seconds[0]).toBe(0.02);
});

test("every change has a version of its own", () => {
  const series = new RunSeries();
  const versions = [series.version];
  series.add(batch(1, { loss: [1] }));
  versions.push(series.version);
  series.addValidation(1, { loss: 1 });
  versions.push(series.version);
  series.cutAfter(0);
  versions.push(series.version);
  expect(new Set(versions).size).toBe(4);
});

test("of a short run every point is kept, of a long one its outline", () => {
  const short = new RunSeries();
  short.add(batch(1, { loss: [3, 2, 1], accuracy: [0, 0.5, 1] }));
  short.addValidation(3, { loss: 1.5 });
  const restored = RunSeries.restore(structuredClone(short.keep()));
  expect(restored.columns("training", "accuracy")).toEqual(short.columns("training", "accuracy"));
  expect(restored.columns("validation", "loss")).toEqual(short.columns("validation", "loss"));
  const long = new RunSeries();
  long.add(batch(1, { loss: Array.from({ length: 10_000 }, (_, k) => (k === 777 ? 50 : 1)) }));
  const kept = RunSeries.restore(structuredClone(long.keep()));
  expect(kept.lastStep).toBe(10_000);
  const outline = kept.outline("training", "loss");
  expect(Math.max(...(outline?.largest.subarray(0, outline.length) ?? []))).toBe(50);
  expect(kept.keep()).toEqual(long.keep());
});

test("a run without metrics is kept and restored too", () => {
  expect(RunSeries.restore(new RunSeries().keep()).lastStep).toBe(0);
});
