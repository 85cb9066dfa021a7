import { describe, expect, test } from "vitest";
import { describeModel, type NodeDescription } from "../../src/nn/describe-model.ts";
import { type ModelSpec, parseExperiment } from "../../src/nn/experiment.ts";
import { buildModel, draftModel } from "../../src/nn/model.ts";
import { presets } from "../../src/nn/presets.ts";
import { chain, type LayerJson, type SettingOptions, settingOf } from "./model-spec.ts";

function described(spec: ModelSpec, options: SettingOptions = {}): readonly NodeDescription[] {
  return [...describeModel(buildModel(spec, settingOf(options))).values()];
}

const presetModel = async (name: string) => {
  const preset = presets.find((entry) => entry.name === name);
  return parseExperiment(await preset?.load()).model;
};
const digits: SettingOptions = { facts: { classes: 10 } };

describe("shapes and parameters of the presets are those published:", () => {
  test("Keras's simple convnet, 34,826", async () => {
    const nodes = described(await presetModel("digits-cnn"), digits);
    expect(nodes.map(({ shape, parameters }) => [shape, parameters])).toEqual([
      [[28, 28, 1], 0],
      [[26, 26, 32], 320],
      [[13, 13, 32], 0],
      [[11, 11, 64], 18496],
      [[5, 5, 64], 0],
      [[1600], 0],
      [[1600], 0],
      [[10], 16010],
    ]);
    expect(total(nodes)).toBe(34826);
  });

  test("LeNet-5, 61,706", async () => {
    const nodes = described(await presetModel("lenet5"), digits);
    expect(nodes.map(({ shape, parameters }) => [shape, parameters])).toEqual([
      [[28, 28, 1], 0],
      [[28, 28, 6], 156],
      [[14, 14, 6], 0],
      [[10, 10, 16], 2416],
      [[5, 5, 16], 0],
      [[400], 0],
      [[120], 48120],
      [[84], 10164],
      [[10], 850],
    ]);
    expect(total(nodes)).toBe(61706);
  });
});

function total(nodes: readonly NodeDescription[]): number {
  return nodes.reduce((sum, { parameters }) => sum + parameters, 0);
}

describe("parameters and shape follow the formula of the layer:", () => {
  const [T, F, H, C] = [7, 5, 6, 12];
  const sequence: SettingOptions = { columns: { x: [T, F] } };
  const wide: SettingOptions = { columns: { x: [T, C] } };
  const image: SettingOptions = { columns: { x: [9, 8, 4] } };
  // A transformer block: queries, keys, values and output; two layers of C·4C; two normalizations; with biases.
  const block = 4 * (C * C + C) + (C * 4 * C + 4 * C) + (4 * C * C + C) + 2 * 2 * C;

  test.each<[LayerJson, SettingOptions, number, readonly number[]]>([
    [{ layer: "SimpleRNN", units: H }, sequence, H * (F + H + 1), [H]],
    [{ layer: "LSTM", units: H }, sequence, 4 * H * (F + H + 1), [H]],
    [{ layer: "LSTM", units: H, returns: "sequence" }, sequence, 4 * H * (F + H + 1), [T, H]],
    [{ layer: "LSTM", units: H, bidirectional: true }, sequence, 2 * 4 * H * (F + H + 1), [2 * H]],
    [{ layer: "GRU", units: H }, sequence, 3 * H * (F + H + 2), [H]],
    [{ layer: "GRU", units: H, resetAfter: false }, sequence, 3 * H * (F + H + 1), [H]],
    [{ layer: "Conv1D", filters: H, kernelSize: 3 }, sequence, (3 * F + 1) * H, [T - 2, H]],
    [{ layer: "MultiHeadAttention", heads: 3 }, wide, 4 * (C * C + C), [T, C]],
    [{ layer: "MultiHeadAttention", heads: 3, headSize: 5 }, wide, 3 * (C * 15 + 15) + (15 * C + C), [T, C]],
    [{ layer: "TransformerBlock", heads: 4 }, wide, block, [T, C]],
    [{ layer: "LayerNorm" }, wide, 2 * C, [T, C]],
    [{ layer: "RMSNorm" }, wide, C, [T, C]],
    [{ layer: "BatchNorm" }, image, 2 * 4, [9, 8, 4]],
    [{ layer: "GroupNorm", groups: 2 }, image, 2 * 4, [9, 8, 4]],
    [{ layer: "Conv2D", filters: 6, kernelSize: [3, 2], groups: 2 }, image, (3 * 2 * 2 + 1) * 6, [7, 7, 6]],
    [{ layer: "Conv2D", filters: 6, strides: 2, padding: "same" }, image, (9 * 4 + 1) * 6, [5, 4, 6]],
    [{ layer: "DepthwiseConv2D", depthMultiplier: 2 }, image, (9 + 1) * 8, [7, 6, 8]],
    [{ layer: "SeparableConv2D", filters: 6, depthMultiplier: 2 }, image, 9 * 8 + 8 * 6 + 6, [7, 6, 6]],
    [{ layer: "Conv2DTranspose", filters: 6, strides: 2 }, image, (9 * 4 + 1) * 6, [19, 17, 6]],
    [{ layer: "ResidualBlock" }, image, 2 * (9 * 4 * 4 + 2 * 4), [9, 8, 4]],
    [
      { layer: "ResidualBlock", filters: 6, strides: 2 },
      image,
      9 * 4 * 6 + 2 * 6 + (9 * 6 * 6 + 2 * 6) + (4 * 6 + 2 * 6),
      [5, 4, 6],
    ],
    [{ layer: "ResidualBlock", filters: 6, norm: "none" }, image, 37 * 6 + 55 * 6 + 5 * 6, [9, 8, 6]],
    [{ layer: "Dense", units: 6, useBias: false }, image, 4 * 6, [9, 8, 6]],
  ])("%j", (layer, options, parameters, shape) => {
    expect(described(chain(layer), options)[1]).toMatchObject({ parameters, shape });
  });

  test("an Embedding, a row a token", () => {
    const options = { columns: { x: [9] }, tokens: { x: 31 } };
    const layer = { layer: "Embedding", features: 4 };
    expect(described(chain(layer), options)[1]).toMatchObject({ parameters: 31 * 4, shape: [9, 4] });
  });
});

describe("floating point operations of a sample follow the formula:", () => {
  const dense = 2 * 20 * 7;
  const convolution = 2 * (7 * 6) * 6 * (9 * 4);
  const image: SettingOptions = { columns: { x: [9, 8, 4] } };

  test.each<[string, LayerJson, SettingOptions, number]>([
    ["Dense", { layer: "Dense", units: 7, useBias: false }, { columns: { x: [20] } }, dense],
    ["Dense with bias", { layer: "Dense", units: 7 }, { columns: { x: [20] } }, dense + 7],
    [
      "Dense with bias and relu",
      { layer: "Dense", units: 7, activation: "relu" },
      { columns: { x: [20] } },
      dense + 14,
    ],
    ["Dense at each step", { layer: "Dense", units: 7, useBias: false }, { columns: { x: [5, 20] } }, 5 * dense],
    ["Conv2D", { layer: "Conv2D", filters: 6, useBias: false }, image, convolution],
    ["Conv2D with bias", { layer: "Conv2D", filters: 6 }, image, convolution + 7 * 6 * 6],
    ["Conv2D in groups", { layer: "Conv2D", filters: 6, groups: 2, useBias: false }, image, convolution / 2],
    ["Flatten", { layer: "Flatten" }, image, 0],
  ])("%s", (_, layer, options, flops) => {
    for (const batch of [1, 3, 64]) expect(described(chain(layer), { ...options, batch })[1]?.flops).toBe(flops);
  });

  test("of two layers each has its own", () => {
    const [, first, second] = described(chain({ layer: "Dense", units: 7 }, { layer: "Dense", units: 3 }), {
      columns: { x: [20] },
    });
    expect([first?.flops, second?.flops]).toEqual([2 * 20 * 7 + 7, 2 * 7 * 3 + 3]);
  });
});

test("of a draft, what can be built is described", () => {
  const draft = draftModel(chain({ layer: "Flatten" }, { layer: "Conv2D", kernelSize: 64 }), settingOf());
  expect([...describeModel(draft).keys()]).toEqual(["input", "layer_1"]);
});
