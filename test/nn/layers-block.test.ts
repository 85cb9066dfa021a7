import { describe, expect, it } from "vitest";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { dropoutOp } from "../../src/graph/ops/dropout.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import { residualBlockLayer } from "../../src/nn/layers/residual-block.ts";
import { transformerBlockLayer } from "../../src/nn/layers/transformer-block.ts";
import { curedRefusal } from "./cured.ts";
import { type BuiltLayer, buildLayer } from "./layer-context.ts";
import { attentionByFormula } from "./plain-attention.ts";
import {
  columns,
  drawParameters,
  inputOf,
  type Matrix,
  mapped,
  matricesOf,
  matrixOf,
  normalizedRows,
  parameterOf,
  plus,
  times,
  valuesOf,
} from "./plain-matrix.ts";
import { image, pixel } from "./plain-windows.ts";

function expectValues(actual: readonly number[] | undefined, expected: readonly number[], digits: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [k, value] of expected.entries()) expect(actual?.[k]).toBeCloseTo(value, digits);
}

describe("TransformerBlock", () => {
  const x = inputOf("sequence", [2, 4, 6]);
  const samples = matricesOf({ shape: x.shape, data: valuesOf({ feed: new Map() }, x)[0] as number[] });

  it.each([
    { norm: "pre", causal: true },
    { norm: "post", causal: false },
  ])("is PyTorch's TransformerEncoderLayer with %o", ({ norm, causal }) => {
    const config = { heads: 2, mlpWidth: 5, activation: "tanh", norm, causal };
    const built = buildLayer(transformerBlockLayer, config, [x]);
    drawParameters(built);
    const dense = (input: Matrix, name: string) =>
      plus(times(input, matrixOf(built, `${name}Kernel`)), matrixOf(built, `${name}Bias`));
    const attention = (input: Matrix) => {
      const qkv = dense(input, "qkv");
      const [q, k, v] = [0, 6, 12].map((start) => columns(qkv, start, 6)) as [Matrix, Matrix, Matrix];
      return dense(attentionByFormula(q, k, v, 2, causal), "output");
    };
    const mlp = (input: Matrix) => dense(mapped(dense(input, "up"), Math.tanh), "down");
    const normed = (input: Matrix, name: string) =>
      normalizedRows(input, matrixOf(built, `${name}Scale`), matrixOf(built, `${name}Shift`));
    const expected = samples.map((sample) => {
      if (norm === "pre") {
        const h = plus(sample, attention(normed(sample, "attentionNorm")));
        return plus(h, mlp(normed(h, "mlpNorm")));
      }
      const h = normed(plus(sample, attention(sample)), "attentionNorm");
      return normed(plus(h, mlp(h)), "mlpNorm");
    });
    expect(built.output.shape).toEqual([2, 4, 6]);
    expectValues(valuesOf(built, built.output)[0], expected.flat(2), 6);
  });

  it("is four times as wide inside, unless told otherwise", () => {
    const { parameters } = buildLayer(transformerBlockLayer, { heads: 2 }, [x]);
    expect(Object.fromEntries([...parameters].map(([name, { shape }]) => [name, shape]))).toEqual({
      qkvKernel: [6, 18],
      qkvBias: [18],
      outputKernel: [6, 6],
      outputBias: [6],
      attentionNormScale: [6],
      attentionNormShift: [6],
      upKernel: [6, 24],
      upBias: [24],
      downKernel: [24, 6],
      downBias: [6],
      mlpNormScale: [6],
      mlpNormShift: [6],
    });
  });

  it("drops at three places in training, each with random numbers of its own, and nowhere else", () => {
    const streams = (training: boolean) =>
      callsOf([buildLayer(transformerBlockLayer, { heads: 2, dropout: 0.1 }, [x], { training }).output])
        .filter(({ op }) => op === dropoutOp)
        .map(({ attrs }) => (attrs as { stream: number }).stream);
    expect(new Set(streams(true)).size).toBe(3);
    expect(streams(true)).toHaveLength(3);
    expect(streams(false)).toEqual([]);
  });

  it("refuses heads that do not divide the channels, and what is no sequence, with repairs that cure it", () => {
    expect(curedRefusal(transformerBlockLayer, { heads: 5 }, [x]).repairs).toEqual([
      { kind: "set", field: "heads", value: 6 },
    ]);
    expect(curedRefusal(transformerBlockLayer, { heads: 1 }, [constant(0, [2, 8], "i32")]).repairs).toEqual([
      { kind: "insert", layer: "Embedding" },
    ]);
    expect(curedRefusal(transformerBlockLayer, { heads: 1 }, [constant(0, [2, 8])]).text.en).toContain("shape 8");
  });
});

describe("ResidualBlock", () => {
  const x = inputOf("image", [2, 5, 4, 3]);
  const pixels = new NdArray(x.shape, valuesOf({ feed: new Map() }, x)[0] as number[]);

  /** A convolution with as many zeros on each side as keep the image's size at strides of 1. */
  function convolved(input: NdArray, built: BuiltLayer, name: string, strides: number): NdArray {
    const kernel = parameterOf(built, `${name}Kernel`);
    const [size, , channels, filters] = kernel.shape as [number, number, number, number];
    const [batch, height, width] = input.shape as [number, number, number];
    const edge = (size - 1) / 2;
    return image([batch, Math.ceil(height / strides), Math.ceil(width / strides), filters], (n, h, w, f) => {
      let sum = 0;
      for (let kh = 0; kh < size; kh++) {
        for (let kw = 0; kw < size; kw++) {
          for (let c = 0; c < channels; c++) {
            const value = pixel(input, n, h * strides + kh - edge, w * strides + kw - edge, c);
            sum += value * kernel.at(((kh * size + kw) * channels + c) * filters + f);
          }
        }
      }
      return sum;
    });
  }

  /** Each channel of an image by its own function of the values, c and all values of the channel. */
  function byChannel(input: NdArray, f: (value: number, c: number, channel: readonly number[]) => number): NdArray {
    const count = input.shape[3] as number;
    const channels = Array.from({ length: count }, (_, c) => [...input.data].filter((_, k) => k % count === c));
    return input.map((value, k) => f(value, k % count, channels[k % count] as number[]));
  }

  const relu = (a: NdArray) => a.map((value) => Math.max(value, 0));
  const sum = (a: NdArray, b: NdArray) => a.map((value, k) => value + b.at(k));
  const mean = (list: readonly number[]) => list.reduce((total, value) => total + value, 0) / list.length;

  function blockOf(
    built: BuiltLayer,
    strides: number,
    after: (y: NdArray, name: string) => NdArray,
    isProjected: boolean,
  ): number[] {
    const inner = relu(after(convolved(pixels, built, "first", strides), "first"));
    const y = after(convolved(inner, built, "second", 1), "second");
    const shortcut = isProjected ? after(convolved(pixels, built, "projection", strides), "projection") : pixels;
    return [...relu(sum(y, shortcut)).data];
  }

  it.each([
    { filters: "auto", strides: 1, shape: [2, 5, 4, 3], isProjected: false },
    { filters: 2, strides: 1, shape: [2, 5, 4, 2], isProjected: true },
    { filters: "auto", strides: 2, shape: [2, 3, 2, 3], isProjected: true },
  ])("adds its input to two convolutions, with %o", ({ filters, strides, shape, isProjected }) => {
    const built = buildLayer(residualBlockLayer, { filters, strides, norm: "none" }, [x]);
    drawParameters(built);
    const withBias = (y: NdArray, name: string) =>
      byChannel(y, (value, c) => value + parameterOf(built, `${name}Bias`).at(c));
    expect(built.output.shape).toEqual(shape);
    expectValues(valuesOf(built, built.output)[0], blockOf(built, strides, withBias, isProjected), 10);
  });

  it("normalizes after each convolution: by the batch in training, by what it has run through otherwise", () => {
    for (const training of [true, false]) {
      const built = buildLayer(residualBlockLayer, { filters: 2, strides: 2 }, [x], { training });
      drawParameters(built);
      for (const [name, { value }] of built.statistics) {
        built.feed.set(value, new NdArray([2], name.endsWith("Mean") ? [0.3, -0.2] : [2, 3]));
      }
      const normalized = (y: NdArray, name: string) =>
        byChannel(y, (value, c, channel) => {
          const center = training ? mean(channel) : ([0.3, -0.2][c] as number);
          const spread = training ? mean(channel.map((other) => (other - center) ** 2)) : ([2, 3][c] as number);
          const [scale, shift] = [parameterOf(built, `${name}Scale`).at(c), parameterOf(built, `${name}Shift`).at(c)];
          return ((value - center) / Math.sqrt(spread + 1e-5)) * scale + shift;
        });
      expectValues(valuesOf(built, built.output)[0], blockOf(built, 2, normalized, true), 8);
      const next = [...built.statistics].map(([name, statistic]) => [name, statistic.next !== undefined]);
      expect(Object.fromEntries(next)).toEqual({
        firstRunningMean: training,
        firstRunningVariance: training,
        secondRunningMean: training,
        secondRunningVariance: training,
        projectionRunningMean: training,
        projectionRunningVariance: training,
      });
    }
  });

  it("has no bias beside a normalization, and starts with the variance 2 / fan-in of He", () => {
    const wide = buildLayer(residualBlockLayer, { filters: 64 }, [constant(0, [1, 4, 4, 32])]);
    expect([...wide.parameters.keys()].filter((name) => name.endsWith("Bias"))).toEqual([]);
    const kernel = wide.feed.get(wide.parameters.get("firstKernel") as Tensor) as NdArray;
    expect(mean([...kernel.data].map((value) => value ** 2))).toBeCloseTo(2 / (9 * 32), 3);
  });

  it("refuses what is no image, with a repair that cures it", () => {
    const flat = curedRefusal(residualBlockLayer, {}, [constant(0, [2, 784])]);
    expect(flat.text.en).toContain("784");
    expect(flat.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [28, 28, 1] } }]);
    expect(() => buildLayer(residualBlockLayer, {}, [constant(0, [2, 7], "i32")])).toThrow("7 tokens");
  });
});
