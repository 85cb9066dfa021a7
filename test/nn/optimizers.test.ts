import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Optimizer } from "../../src/nn/optimizer.ts";
import { muon } from "../../src/nn/optimizers/muon.ts";
import { optimizers } from "../../src/nn/optimizers.ts";
import { parameterUpdates } from "../../src/nn/parameter-updates.ts";
import { createRandom } from "../ops/random.ts";
import fixture from "./fixtures/optimizers.json" with { type: "json" };
import { defaultsOf, gradientsByHand, interpreted, problem, regression } from "./linear-regression.ts";
import {
  type Memory,
  newtonSchulz,
  type PlainUpdate,
  plainOptimizers,
  product,
  transposed,
} from "./plain-optimizers.ts";

const byKind = new Map(optimizers.map((optimizer) => [optimizer.kind, optimizer]));

/** Other values than the defaults, so that each must be used. */
const unusual: Readonly<Record<string, number>> = {
  momentum: 0.8,
  alpha: 0.9,
  rho: 0.7,
  beta1: 0.7,
  beta2: 0.95,
  epsilon: 1e-3,
  momentumDecay: 0.1,
  adamFactor: 0.3,
};

describe("ten steps in float64", () => {
  test.each(fixture.optimizers)(
    "of $kind with rate $rate, decay $weightDecay, clipping $clipValue $clipNorm are PyTorch's",
    (expected) => {
      const optimizer = byKind.get(expected.kind) as Optimizer;
      const { losses, values } = interpreted(regression({ ...expected, optimizer }), fixture.steps);
      for (const [k, loss] of losses.entries()) expect(loss).toBeCloseTo(expected.losses[k] as number, 9);
      expectClose(values["dense.kernel"], expected.matrix);
      expectClose(values["dense.bias"], expected.vector);
    },
  );

  const kinds = [...byKind.keys()];
  test.each(kinds.flatMap((kind) => [0, 0.3].map((weightDecay) => ({ kind, weightDecay }))))(
    "of $kind with weight decay $weightDecay follow the formula in plain numbers",
    ({ kind, weightDecay }) => {
      const optimizer = byKind.get(kind) as Optimizer;
      const config = { ...defaultsOf(optimizer), ...pick(unusual, Object.keys(optimizer.fields)) };
      const rate = 0.05;
      let [matrix, vector]: number[][] = [problem.matrix, problem.vector];
      const memories: [Memory, Memory] = [{}, {}];
      const update = plainOptimizers[kind] as PlainUpdate;
      for (let time = 1; time <= 10; time++) {
        const before = matrix as number[];
        const [ofMatrix, ofVector] = gradientsByHand(before, vector as number[]);
        const isPart = optimizer.decay === "gradient";
        const full = ofMatrix.map((g, k) => (isPart ? g + weightDecay * (before[k] as number) : g));
        const moved = update(before, full, memories[0], time, rate, config);
        matrix = moved.map((value, k) => (isPart ? value : value - rate * weightDecay * (before[k] as number)));
        vector = update(vector as number[], ofVector, memories[1], time, rate, config);
      }
      const { values } = interpreted(regression({ optimizer, config, rate, weightDecay }), 10);
      expectClose(values["dense.kernel"], matrix as number[]);
      expectClose(values["dense.bias"], vector as number[]);
    },
  );
});

test.each(optimizers)(
  "$kind describes its numbers as live, with defaults within their ranges, in two languages",
  (optimizer) => {
    for (const field of Object.values(optimizer.fields)) {
      expect(field).toMatchObject({ kind: "number", live: true });
      if (field.kind !== "number") continue;
      expect(field.default).toBeGreaterThanOrEqual(field.min);
      expect(field.default).toBeLessThanOrEqual(field.max);
      for (const text of [field.label, field.help]) expect(text.en.length * text.zh.length).toBeGreaterThan(0);
    }
    expect(optimizer.help.zh).toMatch(/[\u4e00-\u9fff]/);
  },
);

describe("Muon", () => {
  /** The parameter after a first step of rate 1 from zeros, for a gradient of random numbers. */
  const firstStep = (name: string, shape: readonly number[]) => {
    const parameter = variable(name, shape);
    const gradient = createRandom(name).uniform(shape, -1, 1);
    const { updates } = parameterUpdates([parameter], [constant(Array.from(gradient.data), shape)], {
      optimizer: muon,
      config: { ...defaultsOf(muon), adamFactor: 1 },
      number: (_, value) => constant(value),
      rate: constant(1),
      step: constant(0, [], "u32"),
    });
    const feed = new Map(updates.map(([target]) => [target, NdArray.zeros(target.shape)]));
    const [value] = interpret([updates.find(([target]) => target === parameter)?.[1] as Tensor], feed);
    return { gradient: Array.from(gradient.data), change: Array.from((value as NdArray).data, (v) => -v), updates };
  };

  test.each([
    { shape: [3, 5], rows: 3, columns: 5 },
    { shape: [5, 3], rows: 5, columns: 3 },
    { shape: [4, 4], rows: 4, columns: 4 },
    { shape: [2, 2, 3, 8], rows: 12, columns: 8 },
    { shape: [3, 3, 1, 32], rows: 9, columns: 32 },
  ])(
    "steps by Jordan's iteration for a kernel of $shape, times √max(1, outputs / inputs)",
    ({ shape, rows, columns }) => {
      const { gradient, change } = firstStep("conv.kernel", shape);
      // Of a first gradient g the running mean is 0.05 g, and looked ahead (0.05 + 0.95 · 0.05) g; the factor drops out.
      const direction = newtonSchulz(gradient, rows, columns);
      const scale = Math.sqrt(Math.max(1, columns / rows));
      for (const [k, value] of change.entries()) expect(value).toBeCloseTo(scale * (direction[k] as number), 5);
    },
  );

  test("makes a step whose rows, or columns of a tall matrix, are near to orthonormal", () => {
    const { change } = firstStep("dense.kernel", [16, 6]);
    const gram = product(transposed(change, 16, 6), change, 6, 16, 6);
    // The quintic five times takes [0.02, 1] into [0.681, 1.135], so that squares of singular values lie in 0.88 ± 0.42.
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        const value = gram[i * 6 + j] as number;
        if (i === j) expect(Math.abs(value - 0.88)).toBeLessThan(0.42 + 0.01);
        else expect(Math.abs(value)).toBeLessThan(0.42);
      }
    }
  });

  test.each([
    ["dense.bias", [7]],
    ["scale", []],
    ["embedding.table", [5, 4]],
  ] as const)("leaves %s to Adam, whose first step is the gradient's sign", (name, shape) => {
    const { gradient, change, updates } = firstStep(name, shape);
    for (const [k, value] of change.entries()) expect(value).toBeCloseTo(Math.sign(gradient[k] as number), 6);
    expect(updates).toHaveLength(3);
  });
});

function pick(values: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, values[name] as number]));
}

function expectClose(values: readonly number[] | undefined, expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  for (const [k, value] of (values ?? []).entries()) expect(value).toBeCloseTo(expected[k] as number, 9);
}
