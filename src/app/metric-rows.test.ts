import { expect, test } from "vitest";
import { metricRows } from "./metric-rows.ts";
import { RunSeries } from "./series.ts";

function seriesOf(steps: number): RunSeries {
  const series = new RunSeries();
  series.addValidation(0, { loss: 0.5 });
  const values = Float32Array.from({ length: steps }, (_, k) => k + 1);
  const columns = { steps: Float64Array.from(values), seconds: Float64Array.from(values) };
  series.add({ ...columns, values: new Map([["loss", values]]) });
  return series;
}

test("a short run is listed step by step, the validation before the first step included", () => {
  const series = seriesOf(2);
  series.addValidation(2, { loss: 0.25 });
  expect(metricRows(series, "loss", 200)).toEqual([
    { step: 0, training: undefined, validation: 0.5 },
    { step: 1, training: 1, validation: undefined },
    { step: 2, training: 2, validation: 0.25 },
  ]);
});

test("a long run is listed evenly, with its first and its last step", () => {
  const rows = metricRows(seriesOf(10_000), "loss", 200);
  expect(rows.length).toBe(200);
  expect(rows[1]?.step).toBe(1);
  expect(rows.at(-1)?.step).toBe(10_000);
  expect(new Set(rows.map(({ step }) => step)).size).toBe(200);
});

test("a validation between two listed steps stands with the later one", () => {
  const series = seriesOf(1000);
  series.addValidation(500, { loss: 0.125 });
  const rows = metricRows(series, "loss", 10);
  expect(rows.filter(({ validation }) => validation === 0.125).length).toBe(1);
  expect(rows.find(({ validation }) => validation === 0.125)?.step).toBeGreaterThanOrEqual(500);
});

test("a run without values has no rows", () => {
  expect(metricRows(new RunSeries(), "loss", 200)).toEqual([]);
});
