import { expect, test } from "vitest";
import { axisTicks } from "./axis-ticks.ts";

test("ticks are round numbers within the range", () => {
  expect(axisTicks(-1.1, 1.1, 4)).toEqual([-1, 0, 1]);
  expect(axisTicks(-1.1, 1.1, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(axisTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
});

test("ticks have no rounding errors", () => {
  expect(axisTicks(0, 0.6, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  expect(axisTicks(0.0001, 0.0004, 3)).toEqual([0.0001, 0.0002, 0.0003, 0.0004]);
});

test("a range of no width has no ticks", () => {
  expect(axisTicks(2, 2, 5)).toEqual([]);
  expect(axisTicks(0, Number.POSITIVE_INFINITY, 5)).toEqual([]);
});
