import { describe, expect, test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import { max } from "../../src/graph/ops/max.ts";
import { min } from "../../src/graph/ops/min.ts";
import { prod } from "../../src/graph/ops/prod.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { splitReduction } from "../../src/graph/passes/split-reduction.ts";
import { type Shape, sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
import { createRandom } from "../ops/random.ts";
import { sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();
const random = createRandom("split");

const cases: [Shape, number[]][] = [
  [[4096], [0]],
  [[65536], [0]],
  [[3, 5000], [1]],
  [[5000, 3], [0]],
  [
    [64, 26, 26, 4],
    [0, 1, 2],
  ],
  [
    [10, 3, 500],
    [0, 2],
  ],
  [[2, 1, 3000, 1], [2]],
  [
    [1, 6006],
    [0, 1],
  ],
  [[4099], [0]], // prime
];

describe.each(cases)("a reduction of %j over the axes %j", (shape, axes) => {
  const x = variable("x", shape);

  test.each([
    ["sum", (input: Tensor) => sum(input, axes)],
    ["max", (input: Tensor) => max(input, axes)],
    ["min", (input: Tensor) => min(input, axes, true)],
    ["prod", (input: Tensor) => prod(input, axes)],
  ] as const)("gives the same %s in parts as in one", (_, build) => {
    const whole = build(x);
    const reduction = callsOf([whole]).find(({ op }) => op.kernel.kind === "reduce");
    if (reduction === undefined) throw new Error("nothing is reduced");
    const parts = splitReduction(reduction, HARDWARE);
    if (parts === undefined) return expect(shape).toEqual([4099]);
    const feed = new Map([[x, random.uniform(shape, 0.99, 1.01)]]);
    const [expected, got] = interpret([reduction.outputs[0] as Tensor, parts[0] as Tensor], feed) as [NdArray, NdArray];
    expect(got.shape).toEqual(expected.shape);
    for (const [k, value] of got.data.entries()) expect(value / expected.at(k)).toBeCloseTo(1, 9);
  });

  test("has the right values on the GPU, and the same bits every time", async () => {
    const values = random.uniform(shape, -1, 1);
    const [expected] = interpret([sum(x, axes)], new Map([[x, values]])) as [NdArray];
    const y = sum(x, axes);
    for (const software of [true, false]) {
      const run = () =>
        withExecutor(
          shared(),
          { outputs: [y] },
          [[x, values.data]],
          async (executor) => {
            await executor.run(2);
            return executor.read(y);
          },
          { software },
        );
      const first = await run();
      for (const [k, value] of first.entries()) expect(Math.abs(value - expected.at(k))).toBeLessThan(1e-3);
      expect(await run()).toEqual(first);
    }
  });
});

test("reductions of many rows, or of short ones, are left alone", () => {
  const reduced = (shape: Shape, axes: number[], adapter = SOFTWARE) =>
    splitReduction(sum(variable("x", shape), axes, true).call, adapter) !== undefined;
  expect(reduced([32, 4096], [1])).toBe(false);
  expect(reduced([31, 4096], [1])).toBe(true);
  expect(reduced([1, 1000], [1])).toBe(false);
  expect(reduced([0, 4096], [1])).toBe(false);
  expect(reduced([4096, 4096], [1], HARDWARE)).toBe(false);
  expect(reduced([64, 4096], [1], HARDWARE)).toBe(true);
});

test("the parts of a reduction are rows enough to fill a device, so that none is split again", () => {
  for (const adapter of [SOFTWARE, HARDWARE]) {
    const x = variable("x", [2 ** 20]);
    const plan = compile({ outputs: [sum(x)] }, adapter);
    expect(plan.dispatches.length).toBe(2);
    expect(sizeOf(plan.dispatches[0]?.outputs[0] as Shape)).toBeGreaterThanOrEqual(32);
  }
});
