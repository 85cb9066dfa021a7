import { expect, test } from "vitest";
import { runsCsv } from "./runs-csv.ts";
import { RunSeries } from "./series.ts";

function runOf(name: string, metrics: Readonly<Record<string, readonly number[]>>, stepsPerEpoch?: number) {
  const series = new RunSeries();
  const length = Object.values(metrics)[0]?.length ?? 0;
  series.add({
    steps: Float64Array.from({ length }, (_, k) => k + 1),
    seconds: Float64Array.from({ length }, (_, k) => (k + 1) / 10),
    values: new Map(Object.entries(metrics).map(([metric, values]) => [metric, Float32Array.from(values)])),
  });
  return { id: name, name, slot: 0, series, stepsPerEpoch };
}

const lines = (...runs: ReturnType<typeof runOf>[]) => [...runsCsv(runs)].join("").split("\r\n");

test("every point is a row, with the fewest digits that give the same number again", () => {
  const run = runOf("brisk heron", { loss: [0.1, 2.5], learningRate: [0.01, 0.01] }, 4);
  run.series.addValidation(2, { loss: 1e-8 });
  expect(lines(run)).toEqual([
    "run,samples,step,epoch,seconds,loss,learningRate",
    "brisk heron,training,1,0.25,0.1,0.1,0.01",
    "brisk heron,training,2,0.5,0.2,2.5,0.01",
    "brisk heron,validation,2,0.5,0.2,1e-8,",
    "",
  ]);
  const value = Math.fround(0.123456789);
  expect(Math.fround(Number(lines(runOf("a", { loss: [value] }))[1]?.split(",")[5]))).toBe(value);
});

test("what a run does not measure is left empty, and so is an epoch that is not known", () => {
  const [, first, second] = lines(runOf("a", { loss: [1] }), runOf("b", { loss: [2], accuracy: [0.5] }));
  expect(first).toBe("a,training,1,,0.1,1,");
  expect(second).toBe("b,training,1,,0.1,2,0.5");
});

test("names with commas and quotes are quoted, and a name is no formula", () => {
  expect(lines(runOf('a, "b"', { loss: [1] }))[1]).toMatch(/^"a, ""b""",training/);
  expect(lines(runOf("=SUM(A1)", { loss: [1] }))[1]).toMatch(/^'=SUM\(A1\),training/);
});

test("a long run comes in pieces of at most 2000 rows, and none is lost", () => {
  const pieces = [...runsCsv([runOf("a", { loss: Array.from({ length: 5000 }, (_, k) => k) })])];
  expect(pieces.length).toBe(4);
  expect(pieces.join("").trimEnd().split("\r\n").length).toBe(5001);
});
