import { expect, test } from "vitest";
import { axisOf, placeOf, roundTicks, valueAt } from "./axis.ts";

test("zero, negative numbers and what is not finite have no place on a log scale", () => {
  for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(placeOf(value, "log")).toBeNaN();
  expect(placeOf(100, "log")).toBe(2);
  expect(valueAt(placeOf(0.07, "log"), "log")).toBeCloseTo(0.07, 12);
});

test("on a linear scale only what is not finite has no place", () => {
  expect(placeOf(-3, "linear")).toBe(-3);
  expect(placeOf(Number.NEGATIVE_INFINITY, "linear")).toBeNaN();
});

test("a linear axis has round lines that hold all values", () => {
  expect(axisOf(0.02, 2.3, "linear", 5)).toEqual({ from: 0, to: 2.5, ticks: [0, 0.5, 1, 1.5, 2, 2.5] });
  const { from, to, ticks } = axisOf(0.81, 0.97, "linear", 5);
  expect([from, to]).toEqual([0.8, 1]);
  expect(ticks).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
});

test("a single value has room on both sides, or from zero", () => {
  expect(axisOf(0.69, 0.69, "linear", 5).from).toBe(0);
  expect(axisOf(0.69, 0.69, "linear", 5).to).toBeGreaterThanOrEqual(0.69);
  const { from, to } = axisOf(0, 0, "linear", 5);
  expect(from).toBeLessThan(0);
  expect(to).toBeGreaterThan(0);
  expect(axisOf(-2, -2, "linear", 5).to).toBe(0);
});

test("a log axis over decades has a line each, over one or two the halves between, below one round values", () => {
  expect(axisOf(-4, 0.3, "log", 5).ticks.map((place) => 10 ** place)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1].map(near));
  expect(axisOf(-1.2, 0, "log", 5).ticks.map((place) => Number((10 ** place).toPrecision(3)))).toEqual([
    0.1, 0.2, 0.5, 1,
  ]);
  const small = axisOf(Math.log10(0.62), Math.log10(0.69), "log", 5).ticks.map((place) => 10 ** place);
  expect(small.length).toBeGreaterThanOrEqual(3);
  expect(small.every((value) => value >= 0.59 && value <= 0.73)).toBe(true);
});

test("over many decades lines are left out", () => {
  expect(axisOf(-30, 5, "log", 5).ticks.length).toBeLessThanOrEqual(7);
});

test("nothing to show is an axis without lines", () => {
  expect(axisOf(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "linear", 5).ticks).toEqual([]);
  expect(axisOf(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "log", 5).ticks).toEqual([]);
});

test("steps have whole lines, epochs need not", () => {
  expect(roundTicks(3, 6, true)).toEqual([0, 1, 2, 3]);
  expect(roundTicks(3, 6, false)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
  expect(roundTicks(1240, 6, true)).toEqual([0, 500, 1000]);
  expect(roundTicks(0, 6, true)).toEqual([0]);
});

const near = (value: number) => expect.closeTo(value, 10);
