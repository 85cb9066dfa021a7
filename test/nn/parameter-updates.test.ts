import { describe, expect, test } from "vitest";
import { constant } from "../../src/graph/ops/constant.ts";
import { nameOfVariable, variable } from "../../src/graph/ops/variable.ts";
import type { Optimizer } from "../../src/nn/optimizer.ts";
import { adam } from "../../src/nn/optimizers/adam.ts";
import { sgd } from "../../src/nn/optimizers/sgd.ts";
import { optimizers } from "../../src/nn/optimizers.ts";
import { parameterUpdates } from "../../src/nn/parameter-updates.ts";
import { gradientsByHand, interpreted, problem, regression } from "./linear-regression.ts";

const [ofMatrix, ofVector] = gradientsByHand(problem.matrix, problem.vector);

/** What one step of SGD with rate 1 subtracts: the gradients as they reach the optimizer. */
function seenBySgd(setting: { clipValue?: number; clipNorm?: number; weightDecay?: number }): [number[], number[]] {
  const { values } = interpreted(regression({ optimizer: sgd, rate: 1, ...setting }), 1);
  const change = (before: readonly number[], name: string) =>
    before.map((value, k) => value - (values[name]?.[k] as number));
  return [change(problem.matrix, "dense.kernel"), change(problem.vector, "dense.bias")];
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(expected[k] as number, 10);
}

describe("gradients", () => {
  test("reach the optimizer as they are where nothing is asked of them", () => {
    const [matrix, vector] = seenBySgd({});
    expectClose(matrix, ofMatrix);
    expectClose(vector, ofVector);
  });

  test("are kept within ± the clipping value, each element by itself", () => {
    const limit = 0.1;
    const clip = (value: number) => Math.min(Math.max(value, -limit), limit);
    expect(ofMatrix.some((value) => Math.abs(value) > limit) && ofMatrix.some((value) => Math.abs(value) < limit)).toBe(
      true,
    );
    const [matrix, vector] = seenBySgd({ clipValue: limit });
    expectClose(matrix, ofMatrix.map(clip));
    expectClose(vector, ofVector.map(clip));
  });

  test("are scaled together to the clipping norm, after the clipping by value and before the weight decay", () => {
    const clip = (value: number) => Math.min(Math.max(value, -0.1), 0.1);
    const norm = Math.hypot(...ofMatrix.map(clip), ...ofVector.map(clip));
    expect(norm).toBeGreaterThan(0.2);
    const factor = 0.2 / (norm + 1e-6);
    const [matrix, vector] = seenBySgd({ clipValue: 0.1, clipNorm: 0.2, weightDecay: 0.5 });
    expectClose(
      matrix,
      ofMatrix.map((value, k) => clip(value) * factor + 0.5 * (problem.matrix[k] as number)),
    );
    expectClose(
      vector,
      ofVector.map((value) => clip(value) * factor),
    );
  });

  test("are never scaled up to the clipping norm", () => {
    const [matrix] = seenBySgd({ clipNorm: 1e3 });
    expectClose(matrix, ofMatrix);
  });
});

test("the moving averages start from the weights and follow them: decay · average + (1 - decay) · new weight", () => {
  const setting = { optimizer: adam, rate: 0.1 };
  let average = problem.matrix;
  for (let steps = 1; steps <= 4; steps++) {
    const { values } = interpreted(regression({ ...setting, average: 0.75 }), steps);
    const weights = interpreted(regression(setting), steps).values["dense.kernel"] as readonly number[];
    average = average.map((value, k) => 0.75 * value + 0.25 * (weights[k] as number));
    expectClose(values["dense.kernel average"] as readonly number[], average);
    expectClose(values["dense.kernel"] as readonly number[], weights);
  }
});

test.each(optimizers)(
  "$kind names what it remembers after the parameter, and updates each variable once",
  (optimizer) => {
    const parameters = [variable("a.kernel", [2, 3]), variable("b.bias", [3])];
    const names = updatesOf(optimizer, parameters).updates.map(([target]) => nameOfVariable(target));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["a.kernel", "b.bias"]));
    for (const name of names) expect(name).toMatch(/^(a\.kernel|b\.bias)( [a-z ]+)?$/);
  },
);

test("what an optimizer's variables start from is said where it is not 0: NAdam's products of momenta", () => {
  const started = optimizers.flatMap((optimizer) =>
    [...updatesOf(optimizer, [variable("a.kernel", [2, 3])]).initial].map(([tensor, values]) => [
      optimizer.kind,
      nameOfVariable(tensor),
      Array.from(values),
    ]),
  );
  expect(started).toEqual([["nadam", "a.kernel momentum product", [1]]]);
});

function updatesOf(optimizer: Optimizer, parameters: ReturnType<typeof variable>[]) {
  const gradients = parameters.map(({ shape }) => constant(1, shape));
  const config = Object.fromEntries(Object.entries(optimizer.fields).map(([name, field]) => [name, field.default]));
  return parameterUpdates(parameters, gradients, {
    optimizer,
    config,
    number: (_, value) => constant(value),
    rate: constant(0.1),
    step: variable("step", [], "u32"),
  });
}
