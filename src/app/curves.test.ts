import { expect, test } from "vitest";
import { type ChartedRun, drawingOf } from "./curves.ts";
import type { ChartPreferences } from "./preferences-store.ts";
import { RunSeries } from "./series.ts";

const PLAIN: ChartPreferences = { scale: "linear", smoothing: 0, by: "step" };

function runOf(losses: ArrayLike<number>, more: Partial<ChartedRun> = {}): ChartedRun {
  const series = new RunSeries();
  series.add({
    steps: Float64Array.from({ length: losses.length }, (_, k) => k + 1),
    seconds: Float64Array.from({ length: losses.length }, (_, k) => (k + 1) / 4),
    values: new Map([["loss", Float32Array.from(losses)]]),
  });
  return { id: "a", slot: 0, series, stepsPerEpoch: 2, ...more };
}

test("a run is drawn by its steps, its epochs or its seconds", () => {
  const xs = (by: ChartPreferences["by"]) =>
    drawingOf([runOf([3, 2, 1])], "loss", { ...PLAIN, by }, 250).curves[0]?.points.map(({ x }) => x);
  expect(xs("step")).toEqual([1, 2, 3]);
  expect(xs("epoch")).toEqual([0.5, 1, 1.5]);
  expect(xs("second")).toEqual([0.25, 0.5, 0.75]);
});

test("the axis along the chart reaches to the end of the longest run", () => {
  const runs = [runOf([1, 1, 1, 1, 1], { id: "b", slot: 1 }), runOf([1])];
  expect(drawingOf(runs, "loss", PLAIN, 250).x.to).toBe(5);
});

test("smoothing draws the present run as it is under it, and the others smoothed alone", () => {
  const runs = [runOf([1, 2], { id: "b", slot: 1 }), runOf([1, 2])];
  const kinds = drawingOf(runs, "loss", { ...PLAIN, smoothing: 0.6 }, 250).curves.map(
    ({ run, kind }) => `${run} ${kind}`,
  );
  expect(kinds).toEqual(["b training", "a raw", "a training"]);
  expect(drawingOf(runs, "loss", PLAIN, 250).curves.map(({ kind }) => kind)).toEqual(["training", "training"]);
});

test("before the first step the initial loss is a point at 0", () => {
  const run = runOf([]);
  run.series.addValidation(0, { loss: 0.69 });
  const { curves, x } = drawingOf([run], "loss", PLAIN, 250);
  const validation = curves.find(({ kind }) => kind === "validation");
  expect(validation?.points).toEqual([{ x: 0, y: expect.closeTo(0.69, 6) }]);
  expect(x).toEqual({ from: 0, to: 1, ticks: [0] });
});

test("on a log scale what is zero, negative or not a number is left out", () => {
  const { curves } = drawingOf([runOf([10, 0, -1, Number.NaN, 0.1])], "loss", { ...PLAIN, scale: "log" }, 250);
  expect(curves[0]?.points.map(({ y }) => y)).toEqual([1, expect.closeTo(-1, 6)]);
});

test("of a band that reaches below zero, a log scale draws what is above", () => {
  const losses = Array.from({ length: 8000 }, (_, k) => (k % 2 === 0 ? -1 : 100));
  const { curves, y } = drawingOf([runOf(losses)], "loss", { ...PLAIN, scale: "log" }, 250);
  expect(curves[0]?.points.every((point) => point.y === 2)).toBe(true);
  expect(y.from).toBeLessThan(2);
});

test("an experiment whose epochs are not known is not drawn by them", () => {
  expect(
    drawingOf([runOf([1, 2], { stepsPerEpoch: undefined })], "loss", { ...PLAIN, by: "epoch" }, 250).curves,
  ).toEqual([]);
});

test("a million steps are drawn with at most 500 points a curve, in less than a frame", () => {
  const losses = new Float32Array(1_000_000).map((_, k) => 2 * Math.exp(-k / 200_000) + 0.1 * Math.sin(k));
  const run = runOf(losses);
  const preferences: ChartPreferences = { scale: "log", smoothing: 0.6, by: "step" };
  drawingOf([run], "loss", preferences, 250);
  const times = Array.from({ length: 20 }, () => {
    const began = performance.now();
    for (const { points } of drawingOf([run], "loss", preferences, 250).curves) {
      expect(points.length).toBeLessThanOrEqual(500);
    }
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(16);
});
