import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Schedule } from "../../src/nn/schedule.ts";
import { scheduledRate } from "../../src/nn/scheduled-rate.ts";
import { schedules } from "../../src/nn/schedules.ts";
import { sharedGpu, withExecutor } from "../plan/open.ts";
import fixture from "./fixtures/optimizers.json" with { type: "json" };

const step = variable("step", [], "u32");
const learningRate = variable("learningRate");

interface Run {
  readonly kind: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly total: number;
  readonly warmup?: number;
}

function rateOf({ kind, config, total, warmup = 0 }: Run): Tensor {
  const schedule = schedules.find((entry) => entry.kind === kind) as Schedule;
  return scheduledRate(schedule, config, { learningRate, step, warmup, total });
}

/** The rates of the first steps, in float64. */
function rates(run: Run, count: number, rate = 1): number[] {
  const tensor = rateOf(run);
  return Array.from({ length: count }, (_, done) => {
    const feed = new Map([
      [step, new NdArray([], [done], "u32")],
      [learningRate, new NdArray([], [rate])],
    ]);
    return (interpret([tensor], feed)[0] as NdArray).at(0);
  });
}

function expectClose(found: readonly number[], expected: readonly number[], digits = 9): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(expected[k] as number, digits);
}

test.each(fixture.schedules)("$kind with $config goes as PyTorch's", ({ factors, ...run }) => {
  expectClose(rates(run, factors.length), factors);
});

test("the constant schedule is the learning rate, whatever the step", () => {
  expect(rates({ kind: "constant", config: {}, total: 4 }, 6, 0.3)).toEqual(new Array(6).fill(0.3));
});

test("the warm-up rises in a straight line as PyTorch's LinearLR, and ends at the learning rate", () => {
  const { warmup, factors } = fixture.warmup;
  expectClose(rates({ kind: "constant", config: {}, total: 10, warmup }, factors.length), factors);
});

test("a schedule begins after the warm-up", () => {
  const run = { kind: "cosine", config: { end: 0, steps: 0 }, total: 8 };
  const alone = rates(run, 12, 0.5);
  expectClose(rates({ ...run, warmup: 4 }, 16, 0.5), [0.125, 0.25, 0.375, 0.5, ...alone]);
});

describe("at its end", () => {
  test.each([
    { kind: "linear", config: { end: 0.25, steps: 0 }, total: 5, last: 0.25 },
    { kind: "cosine", config: { end: 0.1, steps: 4 }, total: 99, last: 0.1 },
    { kind: "oneCycle", config: { peak: 0.5, startDivision: 10, endDivision: 10, steps: 0 }, total: 6, last: 0.01 },
  ])("$kind stays at $last", ({ last, ...run }) => {
    expectClose(rates(run, 12).slice(6), new Array(6).fill(last));
  });
});

test.each([1, 2, 3])("one cycle of %i steps has a finite rate at every step", (total) => {
  const config = { peak: 0.3, startDivision: 25, endDivision: 1e4, steps: 0 };
  for (const rate of rates({ kind: "oneCycle", config, total }, 5)) {
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThanOrEqual(1);
  }
});

test.each(schedules)("$kind has defaults within their ranges, and words in two languages", ({ fields, help }) => {
  for (const field of Object.values(fields)) {
    if (field.kind !== "number" && field.kind !== "integer") throw new Error(`a field of kind ${field.kind}`);
    expect(field.default).toBeGreaterThanOrEqual(field.min);
    expect(field.default).toBeLessThanOrEqual(field.max);
    expect(field.help.zh).toMatch(/[\u4e00-\u9fff]/);
  }
  expect(help.zh).toMatch(/[\u4e00-\u9fff]/);
});

const gpu = sharedGpu();

test("on the GPU all schedules are those of the interpreter, also late and where a step falls", async () => {
  const runs: Run[] = [
    ...fixture.schedules.map(({ kind, config }) => ({ kind, config, total: 30_000, warmup: 3 })),
    { kind: "step", config: { every: 7, factor: 0.9 }, total: 30_000 },
  ];
  const tensors = runs.map(rateOf);
  await withExecutor(gpu(), { outputs: tensors }, [[learningRate, [0.5]]], async (executor) => {
    for (const done of [0, 2, 3, 21, 700, 20_999, 21_000, 40_000]) {
      executor.write(step, [done]);
      await executor.run(1);
      const feed = new Map([
        [step, new NdArray([], [done], "u32")],
        [learningRate, new NdArray([], [0.5])],
      ]);
      const expected = interpret(tensors, feed);
      for (const [k, tensor] of tensors.entries()) {
        const [value] = await executor.read(tensor);
        expect(Math.abs((value as number) - (expected[k] as NdArray).at(0))).toBeLessThan(1e-5);
      }
    }
  });
});
