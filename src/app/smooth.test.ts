import { expect, test } from "vitest";
import { Outline } from "./outline.ts";
import { smooth } from "./smooth.ts";

function outlineOf(values: readonly number[]): Outline {
  const outline = new Outline();
  const steps = values.map((_, k) => k + 1);
  outline.extend({ steps, seconds: steps, values });
  return outline;
}

/** m ← w·m + (1 − w)·v from 0, over 1 − w^n: as Adam corrects its averages. */
function byFormula(values: readonly number[], weight: number): number[] {
  let average = 0;
  return values.map((value, k) => {
    average = weight * average + (1 - weight) * value;
    return average / (1 - weight ** (k + 1));
  });
}

test("it is an exponential moving average with its bias corrected", () => {
  const values = [4, 2, 6, 1, 0.5, 3];
  const smoothed = smooth(outlineOf(values), 0.6);
  for (const [k, value] of byFormula(values, 0.6).entries()) expect(smoothed[k]).toBeCloseTo(value, 6);
});

test("the first value is as it was measured, and a flat curve stays flat", () => {
  expect(smooth(outlineOf([7, 1]), 0.99)[0]).toBeCloseTo(7, 5);
  expect([...smooth(outlineOf([2, 2, 2, 2]), 0.9)].every((value) => Math.abs(value - 2) < 1e-6)).toBe(true);
});

test("with weight 0 the curve is as it was measured", () => {
  expect([...smooth(outlineOf([3, 1, 2]), 0)]).toEqual([3, 1, 2]);
});

test("what was not measured leaves a gap and does not spoil what follows", () => {
  const smoothed = smooth(outlineOf([4, Number.NaN, 2]), 0.5);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBeCloseTo(byFormula([4, 2], 0.5)[1] as number, 6);
});

test("a piece of several entries counts as so many of their mean", () => {
  const steps = Array.from({ length: 8000 }, (_, k) => k + 1);
  const values = steps.map((step) => (step <= 4000 ? 1 : 0));
  const outline = new Outline();
  outline.extend({ steps, seconds: steps, values });
  expect(outline.width).toBeGreaterThan(1);
  const [smoothed, exact] = [smooth(outline, 0.999), byFormula(values, 0.999)];
  for (const k of [100, outline.length - 400, outline.length - 1]) {
    expect(smoothed[k]).toBeCloseTo(exact[(outline.steps[k] as number) - 1] as number, 4);
  }
});

test("a larger unit smooths over more entries", () => {
  const outline = outlineOf([1, 0, 0, 0]);
  expect(smooth(outline, 0.5, 10)[3]).toBeGreaterThan(smooth(outline, 0.5, 1)[3] as number);
});
