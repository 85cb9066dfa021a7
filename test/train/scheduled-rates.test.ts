import { expect, test } from "vitest";
import { scheduledRates } from "../../src/train/scheduled-rates.ts";

const rates = (schedule: object, steps: number, count: number) =>
  [...scheduledRates({ learningRate: 0.1, schedule: { kind: "constant", warmup: 0, ...schedule }, steps, count })].map(
    (rate) => Number(rate.toFixed(6)),
  );

test("a schedule is drawn from the first step to the last", () => {
  expect(rates({}, 100, 3)).toEqual([0.1, 0.1, 0.1]);
  expect(rates({ kind: "linear", end: 0, steps: 0 }, 101, 3)).toEqual([0.1, 0.050495, 0.00099]);
});

test("the warm-up rises before the schedule begins", () => {
  expect(rates({ warmup: 4 }, 5, 5)).toEqual([0.025, 0.05, 0.075, 0.1, 0.1]);
});

test("a run of one step has one rate", () => {
  expect(rates({ kind: "cosine", end: 0, steps: 0 }, 1, 2)).toEqual([0.1, 0.1]);
});
