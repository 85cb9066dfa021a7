import { expect, test } from "vitest";
import { type Band, decimate } from "./decimate.ts";

function curve(ys: readonly number[], xs = ys.map((_, k) => k)): Band {
  return { xs, least: ys, largest: ys, length: ys.length };
}

test("a curve of fewer points than columns stays as it is", () => {
  const ys = [3, 1, 4, 1, 5];
  expect(decimate(curve(ys), 0, 4, 50).map(({ y }) => y)).toEqual(ys);
});

test("every column keeps its least and its largest value where they were, in their order", () => {
  const ys = [5, 9, 2, 7, 1, 8, 3, 4];
  expect(decimate(curve(ys), 0, 8, 2)).toEqual([
    { x: 1, y: 9 },
    { x: 2, y: 2 },
    { x: 4, y: 1 },
    { x: 5, y: 8 },
  ]);
});

test("a spike in a hundred thousand points is not lost, and at most two points a column are left", () => {
  const ys = Array.from({ length: 100_000 }, (_, k) => Math.sin(k / 1000));
  ys[31_415] = 40;
  ys[92_653] = -40;
  const points = decimate(curve(ys), 0, ys.length - 1, 250);
  expect(points.length).toBeLessThanOrEqual(500);
  expect(points).toContainEqual({ x: 31_415, y: 40 });
  expect(points).toContainEqual({ x: 92_653, y: -40 });
  expect(points.every(({ x }, k) => k === 0 || x >= (points[k - 1]?.x as number))).toBe(true);
});

test("of a band both rims are drawn, the nearer one first", () => {
  const points = decimate({ xs: [0, 1], least: [0, 2], largest: [0, 9], length: 2 }, 0, 1, 10);
  expect(points.map(({ y }) => y)).toEqual([0, 2, 9]);
  const falling = decimate({ xs: [0, 1], least: [9, 2], largest: [9, 8], length: 2 }, 0, 1, 10);
  expect(falling.map(({ y }) => y)).toEqual([9, 8, 2]);
});

test("what has no finite value is left out", () => {
  expect(decimate(curve([1, Number.NaN, 3]), 0, 2, 10).map(({ y }) => y)).toEqual([1, 3]);
  expect(decimate(curve([Number.NaN]), 0, 1, 10)).toEqual([]);
  expect(decimate(curve([]), 0, 1, 10)).toEqual([]);
});

test("a single point at the start is drawn, though the axis has no extent", () => {
  expect(decimate(curve([0.7]), 0, 0, 250)).toEqual([{ x: 0, y: 0.7 }]);
});
