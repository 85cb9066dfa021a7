import { describe, expect, it } from "vitest";
import { gradient } from "../../src/graph/gradient.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { withNode } from "../../src/graph/op.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { gru } from "../../src/graph/ops/gru.ts";
import { lstm } from "../../src/graph/ops/lstm.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { simpleRnn } from "../../src/graph/ops/simple-rnn.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { createRandom } from "./random.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const valuesOf = (tensor: Tensor) => [...(interpret([tensor])[0] as NdArray).data];

/** One feature, one hidden unit, two steps. */
const x = constant([0.7, -1.2], [1, 2, 1]);

function weightsOf(gates: number) {
  const numbers = (scale: number) => Array.from({ length: gates }, (_, k) => scale * (k + 1));
  return {
    wx: constant(numbers(0.3), [1, gates]),
    wh: constant(numbers(-0.2), [1, gates]),
    bias: constant(numbers(0.1), [gates]),
  };
}

describe("recurrent layers", () => {
  it("have an LSTM whose gates are i, f, g, o", () => {
    let [h, c] = [0, 0];
    for (const value of [0.7, -1.2]) {
      const [i, f, g, o] = [1, 2, 3, 4].map((k) => k * (0.3 * value - 0.2 * h + 0.1)) as [
        number,
        number,
        number,
        number,
      ];
      c = sigmoid(f) * c + sigmoid(i) * Math.tanh(g);
      h = sigmoid(o) * Math.tanh(c);
    }
    const { last, lastCell } = lstm(x, weightsOf(4));
    expect(valuesOf(last)[0]).toBeCloseTo(h, 12);
    expect(valuesOf(lastCell)[0]).toBeCloseTo(c, 12);
  });

  it("have a GRU whose gates are r, z, n and whose reset acts after the product, or before", () => {
    for (const resetAfter of [true, false]) {
      let h = 0;
      for (const value of [0.7, -1.2]) {
        const r = sigmoid(0.3 * value - 0.2 * h + 0.1 + (resetAfter ? 0.5 : 0));
        const z = sigmoid(2 * (0.3 * value - 0.2 * h + 0.1) + (resetAfter ? 0.6 : 0));
        const n = Math.tanh(3 * (0.3 * value + 0.1) + r * (-0.6 * h + (resetAfter ? 0.7 : 0)));
        h = (1 - z) * n + z * h;
      }
      const recurrentBias = resetAfter ? constant([0.5, 0.6, 0.7], [3]) : undefined;
      const { last } = gru(x, { ...weightsOf(3), recurrentBias }, { resetAfter });
      expect(valuesOf(last)[0]).toBeCloseTo(h, 12);
    }
  });

  it("carry the state past a sample's length and give 0 there, whatever the padding holds", () => {
    const random = createRandom("padding");
    const data = random.uniform([2, 3, 1]);
    const poisoned = new NdArray(
      data.shape,
      data.data.map((value, k) => (k === 2 ? 1e30 : value)),
    );
    const lengths = constant([2, 3], [2], "i32");
    for (const reverse of [false, true]) {
      const [clean, padded] = [data, poisoned].map((values) => {
        const { states, last } = lstm(constant([...values.data], values.shape), weightsOf(4), { lengths, reverse });
        return [...valuesOf(states), ...valuesOf(last)];
      });
      expect(padded).toEqual(clean);
      expect(padded?.[2]).toBe(0);
      expect(padded?.at(-2)).toBe(padded?.[reverse ? 0 : 1]);
    }
  });

  it("give the initial state as the last one where there is no step", () => {
    const initial = constant([0.25, -0.5], [2, 1]);
    const { last } = simpleRnn(constant(0, [2, 0, 1]), weightsOf(1), { initial });
    expect(valuesOf(last)).toEqual([0.25, -0.5]);
  });

  it("run reversed as the flipped sequence runs forward", () => {
    const forward = simpleRnn(constant([-1.2, 0.7], [1, 2, 1]), weightsOf(1));
    const backward = simpleRnn(x, weightsOf(1), { reverse: true });
    expect(valuesOf(backward.states)).toEqual(valuesOf(forward.states).reverse());
    expect(valuesOf(backward.last)).toEqual(valuesOf(forward.last));
  });

  it("refuse weights that do not fit, in the layer's name and its node's", () => {
    const wh = constant(0, [8, 24]);
    const build = () => withNode("rnn_1", () => lstm(x, { wx: constant(0, [1, 32]), wh }));
    expect(build).toThrow('lstm "rnn_1": wh is f32 of shape 8×24; give f32 of shape H×4H = 8×32');
    const lengths = constant([1, 2], [2], "i32");
    expect(() => simpleRnn(x, weightsOf(1), { lengths })).toThrow(
      "simpleRnn: lengths is i32 of shape 2; give i32 or u32 of shape B = 1",
    );
    expect(() => gru(constant(0, [4, 1]), weightsOf(3))).toThrow("gru: x is of shape 4×1; give batch×steps×features");
    const both = { ...weightsOf(3), recurrentBias: constant(0, [3]) };
    expect(() => gru(x, both, { resetAfter: false })).toThrow("add recurrentBias to bias");
  });

  it("say that a gradient of their gradient is not to be had", () => {
    const input = variable("x", [1, 2, 1]);
    const [dx] = gradient(sum(lstm(input, weightsOf(4)).states), [input]) as [Tensor];
    expect(() => gradient(sum(mul(dx, dx)), [input])).toThrow("lstmScanGradient: has no gradient");
  });
});
