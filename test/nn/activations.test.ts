import { describe, expect, it } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { type ActivationKind, activate, activationField } from "../../src/nn/activations.ts";
import { activationLayer } from "../../src/nn/layers/activation.ts";
import { softmaxLayer } from "../../src/nn/layers/softmax.ts";
import { sharedGpu } from "../gpu/open.ts";
import { evaluateOn } from "../ops/evaluate.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";

const sigma = (x: number) => 1 / (1 + Math.exp(-x));

/** ∫ of the normal density from 0 to x by Simpson's rule. */
function normalIntegral(x: number): number {
  const n = 2000;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const weight = k === 0 || k === n ? 1 : k % 2 === 1 ? 4 : 2;
    sum += (weight * Math.exp(-(((x * k) / n) ** 2) / 2)) / Math.sqrt(2 * Math.PI);
  }
  return (sum * x) / n / 3;
}

const formulas: Record<Exclude<ActivationKind, "softmax">, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
  gelu: (x) => x * (0.5 + normalIntegral(x)),
  silu: (x) => x * sigma(x),
  mish: (x) => x * Math.tanh(Math.log(1 + Math.exp(x))),
  tanh: (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1),
  sigmoid: sigma,
  hardSigmoid: (x) => Math.max(0, Math.min(1, x / 6 + 0.5)),
  softplus: (x) => Math.log(1 + Math.exp(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
};

const inputs = [-4, -3, -2.5, -1, -0.25, 0, 0.25, 1, 2.5, 3, 4, 0.5];
const x = variable("x", [3, 4]);
const feed = new Map([[x, new NdArray([3, 4], inputs)]]);

const softmaxOfRows = [0, 4, 8].flatMap((start) => {
  const row = inputs.slice(start, start + 4).map(Math.exp);
  const total = row.reduce((sum, value) => sum + value, 0);
  return row.map((value) => value / total);
});

const expected = (kind: ActivationKind) => (kind === "softmax" ? softmaxOfRows : inputs.map(formulas[kind]));

describe("an activation", () => {
  const gpu = sharedGpu();
  const { options } = activationField("relu");

  it("is one of those that have a formula here, and each of those", () => {
    expect([...options].sort()).toEqual([...Object.keys(formulas), "softmax"].sort());
  });

  for (const kind of options) {
    it(`${kind} follows its formula in the interpreter`, () => {
      const [y] = interpret([activate(x, kind)], feed) as [NdArray];
      for (const [k, value] of expected(kind).entries()) expect(y.at(k)).toBeCloseTo(value, 9);
    });
  }

  it("gives on the GPU what it gives in the interpreter", async () => {
    const outputs = options.filter((kind) => kind !== "linear").map((kind) => activate(x, kind));
    const results = await evaluateOn(gpu())(outputs, feed);
    for (const [j, reference] of interpret(outputs, feed).entries()) {
      for (const [k, value] of reference.data.entries()) expect((results[j] as NdArray).at(k)).toBeCloseTo(value, 5);
    }
  });
});

describe("the layers Activation and Softmax", () => {
  it("apply the activation that is chosen, and softmax along the last axis", () => {
    const mish = buildLayer(activationLayer, { activation: "mish" }, [x]).output;
    const softmax = buildLayer(softmaxLayer, {}, [x]).output;
    const [y, p] = interpret([mish, softmax], feed) as [NdArray, NdArray];
    for (const [k, value] of expected("mish").entries()) expect(y.at(k)).toBeCloseTo(value, 9);
    for (const [k, value] of softmaxOfRows.entries()) expect(p.at(k)).toBeCloseTo(value, 9);
  });

  it("refuse a softmax of single numbers, which would run over the batch", () => {
    const single = variable("single", [8]);
    for (const build of [
      () => buildLayer(softmaxLayer, {}, [single]),
      () => buildLayer(activationLayer, { activation: "softmax" }, [single]),
    ]) {
      const error = refusalOf(build);
      expect(error.message).toContain("each sample of its input is a single number");
      expect(error.message).toContain("remove the softmax");
      expect(error.repairs).toEqual([{ kind: "remove" }]);
    }
  });

  it("refuse tokens, and propose an Embedding", () => {
    const tokens = variable("tokens", [8, 5], "i32");
    for (const layer of [activationLayer, softmaxLayer]) {
      const error = refusalOf(() => buildLayer(layer, {}, [tokens]));
      expect(error.text.zh).toContain("Embedding");
      expect(error.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
    }
  });
});
