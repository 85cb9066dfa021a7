import { describe, expect, test } from "vitest";
import { compile } from "../../src/graph/compile.ts";
import type { Executor } from "../../src/graph/executor.ts";
import { gradient } from "../../src/graph/gradient.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import { add } from "../../src/graph/ops/add.ts";
import { concat } from "../../src/graph/ops/concat.ts";
import { gru } from "../../src/graph/ops/gru.ts";
import { lstm } from "../../src/graph/ops/lstm.ts";
import { mean } from "../../src/graph/ops/mean.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { sub } from "../../src/graph/ops/sub.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { tanh } from "../../src/graph/ops/tanh.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { HARDWARE, SOFTWARE } from "../ops/profiles.ts";
import { createRandom } from "../ops/random.ts";
import { sharedGpu, withExecutor } from "./open.ts";

const shared = sharedGpu();

const stepAndRead = (tensor: Tensor) => async (executor: Executor) => {
  await executor.run(1);
  return executor.read(tensor);
};

function bindingsOf(output: Tensor): number {
  return Math.max(...compile({ outputs: [output] }, HARDWARE).dispatches.map(({ bindings }) => bindings.length));
}

describe("a device that binds eight buffers", () => {
  const x = variable("x", [2, 8, 8]);
  const scale = variable("scale", [2, 8, 8]);
  const weights = (gates: number) => ({
    wx: variable(`wx ${gates}`, [8, gates * 8]),
    wh: variable(`wh ${gates}`, [8, gates * 8]),
    bias: variable(`bias ${gates}`, [gates * 8]),
  });

  test.each([
    ["an LSTM with a residual", () => add(lstm(x, weights(4)).states, x)],
    ["a GRU with a scaled residual", () => add(mul(gru(x, weights(3)).states, scale), x)],
    [
      "a join of 40 tensors",
      () =>
        concat(
          Array.from({ length: 40 }, (_, k) => variable(`v${k}`, [4, 3])),
          0,
        ),
    ],
    [
      "a sum of 40 tensors",
      () => Array.from({ length: 40 }, (_, k) => variable(`v${k}`, [4, 3])).reduce((a, b) => add(a, b)),
    ],
  ])("is never asked for more by %s", (_, build) => {
    expect(bindingsOf(build())).toBeLessThanOrEqual(8);
  });
});

test("a join of more tensors than a dispatch binds has their values", async () => {
  const parts = Array.from({ length: 40 }, (_, k) => variable(`v${k}`, [2, 3]));
  const random = createRandom("join");
  const feed = new Map(parts.map((part): [Tensor, NdArray] => [part, random.uniform([2, 3])]));
  const joined = concat(parts, 1);
  const [expected] = interpret([joined], feed) as [NdArray];
  const initial = [...feed].map(([part, { data }]) => [part, data] as const);
  const values = await withExecutor(shared(), { outputs: [joined] }, initial, stepAndRead(joined), { maxBindings: 8 });
  expect(Array.from(values)).toEqual(Array.from(expected.data));
});

describe("a graph of thousands of calls", () => {
  test("compiles, in dispatches of a bounded length", () => {
    let y = variable("x", [64]);
    for (let k = 0; k < 3000; k++) y = tanh(add(y, k));
    const { dispatches } = compile({ outputs: [y] }, HARDWARE);
    expect(Math.max(...dispatches.map(({ ops }) => ops.length))).toBeLessThanOrEqual(256);
    expect(dispatches.length).toBeLessThan(50);
  });

  test("compiles in time that grows about as it does: an unrolled LSTM of four times the steps", () => {
    const time = (steps: number) => {
      const x = variable("x", [8, steps, 16]);
      const wx = variable("wx", [16, 1200]);
      const wh = variable("wh", [300, 1200]);
      const loss = mean(lstm(x, { wx, wh }).states);
      const updates = [wx, wh].map((w, k) => [w, sub(w, gradient(loss, [wx, wh])[k] as Tensor)] as const);
      const started = performance.now();
      compile({ updates }, SOFTWARE);
      return performance.now() - started;
    };
    time(4);
    expect(time(40) / time(10)).toBeLessThan(16); // cubic would be 64
  });

  test("compiles where each call is read twice by the next", () => {
    const x = variable("x", [8, 16]);
    let h = sub(x, mean(x, 1, true));
    for (let k = 0; k < 60; k++) h = add(tanh(h), mul(h, 0.5)); // as many paths as 2 to the 60
    expect(compile({ outputs: [sum(h, 1)] }, HARDWARE).dispatches.length).toBeLessThan(20);
  });
});
