import { describe, expect, it } from "vitest";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { multiHeadAttentionLayer } from "../../src/nn/layers/multi-head-attention.ts";
import { curedRefusal } from "./cured.ts";
import { type BuildOptions, type BuiltLayer, buildLayer } from "./layer-context.ts";
import { attentionByFormula, turnedByFormula } from "./plain-attention.ts";
import {
  columns,
  drawParameters,
  inputOf,
  type Matrix,
  matricesOf,
  matrixOf,
  plus,
  times,
  valuesOf,
} from "./plain-matrix.ts";

const x = inputOf("queries", [2, 5, 6]);
const memory = inputOf("memory", [2, 3, 4]);
const samplesOf = (tensor: Tensor) =>
  matricesOf({ shape: tensor.shape, data: valuesOf({ feed: new Map() }, tensor)[0] as number[] });

function build(
  config: Record<string, unknown>,
  inputs: readonly [Tensor, ...Tensor[]] = [x],
  options: BuildOptions = { training: false },
): BuiltLayer {
  const built = buildLayer(multiHeadAttentionLayer, config, inputs, options);
  drawParameters(built);
  return built;
}

const dense = (built: BuiltLayer, input: Matrix, name: string) =>
  plus(times(input, matrixOf(built, `${name}Kernel`)), matrixOf(built, `${name}Bias`));

/** The scale of the scores is rounded to f32, as are the sines of rotary positions. */
function expectValues(actual: readonly number[] | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [k, value] of expected.entries()) expect(actual?.[k]).toBeCloseTo(value, 6);
}

describe("MultiHeadAttention of one input", () => {
  it.each([{ heads: 3 }, { heads: 3, causal: true }, { heads: 2, headSize: 5 }, { heads: 3, rotary: true }])(
    "is its formula with %o",
    (config: { heads: number; headSize?: number; causal?: boolean; rotary?: boolean }) => {
      const built = build(config);
      const { heads, headSize = 6 / heads, causal = false, rotary = false } = config;
      const width = heads * headSize;
      expect([...built.parameters].map(([name, { shape }]) => [name, shape])).toEqual([
        ["qkvKernel", [6, 3 * width]],
        ["qkvBias", [3 * width]],
        ["outputKernel", [width, 6]],
        ["outputBias", [6]],
      ]);
      const turned = (a: Matrix) => (rotary ? turnedByFormula(a, heads) : a);
      const expected = samplesOf(x).map((sample) => {
        const qkv = dense(built, sample, "qkv");
        const [q, k, v] = [0, 1, 2].map((part) => columns(qkv, part * width, width)) as [Matrix, Matrix, Matrix];
        return dense(built, attentionByFormula(turned(q), turned(k), v, heads, causal), "output");
      });
      expect(built.output.shape).toEqual([2, 5, 6]);
      expectValues(valuesOf(built, built.output)[0], expected.flat(2));
    },
  );

  it("lets no step see a later one where it is causal, and only then", () => {
    const input = variable("input", [1, 4, 6]);
    const changed = (causal: boolean) => {
      const built = build({ heads: 2, causal }, [input]);
      const [before, after] = [0, 1].map((last) => {
        const values = Array.from({ length: 24 }, (_, k) => (k < 18 ? Math.sin(k) : last));
        built.feed.set(input, new NdArray([1, 4, 6], values));
        return valuesOf(built, built.output)[0] as number[];
      }) as [number[], number[]];
      return [0, 1, 2, 3].map((t) => [0, 1, 2, 3, 4, 5].some((c) => before[t * 6 + c] !== after[t * 6 + c]));
    };
    expect(changed(true)).toEqual([false, false, false, true]);
    expect(changed(false)).toEqual([true, true, true, true]);
  });

  it("drops values of the output in training alone, at a rate that may change while it runs", () => {
    const config = { heads: 2, dropout: 0.5 };
    const evaluated = build(config);
    const trained = build(config, [x], { training: true });
    const whole = valuesOf(evaluated, evaluated.output)[0] as number[];
    const dropped = valuesOf(trained, trained.output)[0] as number[];
    const kept = dropped.filter((value) => value !== 0);
    expect(kept.length).toBeGreaterThan(15);
    expect(kept.length).toBeLessThan(45);
    for (const [k, value] of dropped.entries()) {
      if (value !== 0) expect(value).toBeCloseTo(2 * (whole[k] as number), 12);
    }
    const rate = [...trained.feed.keys()].find(({ call }) => (call.attrs as { name: string }).name === "layer.dropout");
    trained.feed.set(rate as Tensor, new NdArray([], [0]));
    expect(valuesOf(trained, trained.output)[0]).toEqual(whole);
  });

  it("refuses heads that do not divide the channels, and offers the nearest that do", () => {
    const refusal = curedRefusal(multiHeadAttentionLayer, { heads: 4 }, [x]);
    expect(refusal.text.en).toContain("6 channels of the input do not divide among 4 heads; set heads to 3");
    expect(refusal.text.zh).toContain("请把头数设为 3");
    expect(refusal.repairs).toEqual([{ kind: "set", field: "heads", value: 3 }]);
  });

  it("refuses to turn an odd number of features, and offers an even one", () => {
    const auto = curedRefusal(multiHeadAttentionLayer, { heads: 2, rotary: true }, [x]);
    expect(auto.text.en).toContain("a head has 3");
    expect(auto.repairs).toEqual([
      { kind: "set", field: "heads", value: 1 },
      { kind: "set", field: "rotary", value: false },
    ]);
    const given = curedRefusal(multiHeadAttentionLayer, { heads: 2, headSize: 7, rotary: true }, [x]);
    expect(given.repairs[0]).toEqual({ kind: "set", field: "headSize", value: 8 });
    const odd = curedRefusal(multiHeadAttentionLayer, { heads: 1, rotary: true }, [constant(0, [2, 5, 7])]);
    expect(odd.repairs).toEqual([{ kind: "set", field: "rotary", value: false }]);
  });

  it("refuses tokens, vectors and images, with repairs that cure it", () => {
    const config = { heads: 1 };
    expect(curedRefusal(multiHeadAttentionLayer, config, [constant(0, [2, 9], "i32")]).repairs).toEqual([
      { kind: "insert", layer: "Embedding" },
    ]);
    const vector = curedRefusal(multiHeadAttentionLayer, config, [constant(0, [2, 9])]);
    expect(vector.text.en).toContain("set returns to sequence on the layer before");
    expect(vector.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [9, 1] } }]);
    expect(curedRefusal(multiHeadAttentionLayer, config, [constant(0, [2, 4, 4, 3])]).repairs).toEqual([
      { kind: "insert", layer: "Reshape", config: { shape: [16, 3] } },
    ]);
  });
});

describe("MultiHeadAttention of two inputs", () => {
  it("asks with the first and answers from the second", () => {
    const built = build({ heads: 2 }, [x, memory]);
    expect([...built.parameters].map(([name, { shape }]) => [name, shape])).toEqual([
      ["queryKernel", [6, 6]],
      ["queryBias", [6]],
      ["keyValueKernel", [4, 12]],
      ["keyValueBias", [12]],
      ["outputKernel", [6, 6]],
      ["outputBias", [6]],
    ]);
    const memories = samplesOf(memory);
    const expected = samplesOf(x).map((sample, b) => {
      const keyValue = dense(built, memories[b] as Matrix, "keyValue");
      const [k, v] = [columns(keyValue, 0, 6), columns(keyValue, 6, 6)];
      return dense(built, attentionByFormula(dense(built, sample, "query"), k, v, 2), "output");
    });
    expect(built.output.shape).toEqual([2, 5, 6]);
    expectValues(valuesOf(built, built.output)[0], expected.flat(2));
  });

  it("refuses to be causal", () => {
    const refusal = curedRefusal(multiHeadAttentionLayer, { heads: 2, causal: true }, [x, memory]);
    expect(refusal.text.en).toContain("its 5 steps look at 3 of another");
    expect(refusal.repairs).toEqual([{ kind: "set", field: "causal", value: false }]);
  });

  it("says which of its inputs does not fit, and offers no insertion that might hit the other", () => {
    const first = curedRefusal(multiHeadAttentionLayer, { heads: 2 }, [constant(0, [2, 6]), memory]);
    expect(first.text.en).toContain("the first input, the queries, has the shape 6");
    const second = curedRefusal(multiHeadAttentionLayer, { heads: 2 }, [x, constant(0, [2, 3], "i32")]);
    expect(second.text.en).toContain("the second input, the memory, is 3 tokens");
    expect([...first.repairs, ...second.repairs]).toEqual([]);
  });
});
