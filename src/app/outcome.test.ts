import { expect, test } from "vitest";
import { comparedOutcomes, outcomeOf } from "./outcome.ts";
import { RunSeries } from "./series.ts";

function trained(...losses: readonly number[]): RunSeries {
  const series = new RunSeries();
  series.addValidation(0, { loss: 0.1 });
  const steps = Float64Array.from(losses, (_, k) => k + 1);
  series.add({ steps, seconds: steps, values: new Map([["loss", Float32Array.from(losses)]]) });
  return series;
}

test("without a validation after the first step, a run is judged by its batches", () => {
  expect(outcomeOf(trained(3, 1, 2), "loss", "lower")).toEqual({
    part: "training",
    last: 2,
    best: { value: 1, step: 2 },
  });
});

test("validations count more than batches, and more can be better", () => {
  const series = trained(3, 1, 2);
  series.addValidation(2, { loss: 5 });
  series.addValidation(3, { loss: 4 });
  expect(outcomeOf(series, "loss", "higher")).toEqual({ part: "validation", last: 4, best: { value: 5, step: 2 } });
});

test("what was not measured has no outcome", () => {
  expect(outcomeOf(trained(1), "accuracy", "higher")).toBeUndefined();
  expect(outcomeOf(trained(Number.NaN), "loss", "lower")).toBeUndefined();
});

test("runs are compared by validation alone where any has one, else by their batches", () => {
  const validated = trained(3, 1, 2);
  validated.addValidation(3, { loss: 5 });
  const fresh = trained(0.5);
  expect(comparedOutcomes([validated, fresh], "loss", "lower")).toEqual({
    part: "validation",
    outcomes: [outcomeOf(validated, "loss", "lower"), undefined],
  });
  const { part, outcomes } = comparedOutcomes([fresh, trained(3)], "loss", "lower");
  expect([part, outcomes.map((outcome) => outcome?.best.value)]).toEqual(["training", [0.5, 3]]);
});
