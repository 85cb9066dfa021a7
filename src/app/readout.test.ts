import { expect, test } from "vitest";
import type { ChartedRun } from "./curves.ts";
import { nearest, readingAt } from "./readout.ts";
import { RunSeries } from "./series.ts";

const series = new RunSeries();
series.add({
  steps: Float64Array.of(10, 20, 30),
  seconds: Float64Array.of(1, 2, 4),
  values: new Map([["loss", Float32Array.of(3, 2, 1)]]),
});
const run: ChartedRun = { id: "a", slot: 0, series, stepsPerEpoch: 20 };

test("the nearest measurement is read, whatever runs along the chart", () => {
  expect(readingAt(run, "training", "loss", 19, "step")).toEqual({ step: 20, x: 20, value: 2 });
  expect(readingAt(run, "training", "loss", 1.4, "epoch")).toEqual({ step: 30, x: 1.5, value: 1 });
  expect(readingAt(run, "training", "loss", 3.5, "second")).toEqual({ step: 30, x: 4, value: 1 });
});

test("nothing is read beyond the end of a run, nor of what it does not measure", () => {
  expect(readingAt(run, "training", "loss", 50, "step")).toBeUndefined();
  expect(readingAt(run, "training", "accuracy", 10, "step")).toBeUndefined();
  expect(readingAt(run, "validation", "loss", 10, "step")).toBeUndefined();
  expect(readingAt({ ...run, stepsPerEpoch: undefined }, "training", "loss", 1, "epoch")).toBeUndefined();
});

test("a validation counts until the run ends", () => {
  series.addValidation(10, { loss: 5 });
  expect(readingAt(run, "validation", "loss", 30, "step")?.value).toBe(5);
  expect(readingAt(run, "validation", "loss", 31, "step")).toBeUndefined();
});

test("before its first measurement the first is read", () => {
  expect(readingAt(run, "training", "loss", 0, "step")?.step).toBe(10);
});

test("the nearest of ascending numbers is found at both ends and between", () => {
  const numbers = [1, 4, 4, 9];
  expect([-5, 1, 2, 3, 4, 6, 7, 100].map((wanted) => nearest(numbers, wanted))).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
});
