import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { averagePooling1dLayer } from "../../src/nn/layers/average-pooling-1d.ts";
import { averagePooling2dLayer } from "../../src/nn/layers/average-pooling-2d.ts";
import { globalAveragePoolingLayer } from "../../src/nn/layers/global-average-pooling.ts";
import { globalMaxPoolingLayer } from "../../src/nn/layers/global-max-pooling.ts";
import { maxPooling1dLayer } from "../../src/nn/layers/max-pooling-1d.ts";
import { maxPooling2dLayer } from "../../src/nn/layers/max-pooling-2d.ts";
import { upSampling2dLayer } from "../../src/nn/layers/up-sampling-2d.ts";
import { zeroPadding2dLayer } from "../../src/nn/layers/zero-padding-2d.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";
import { before, image, pixel, wholeNumbers } from "./plain-windows.ts";

const largest = (values: readonly number[]) => Math.max(...values);
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const poolings = [
  { name: "max", over1d: maxPooling1dLayer, over2d: maxPooling2dLayer, pooled: largest },
  { name: "average", over1d: averagePooling1dLayer, over2d: averagePooling2dLayer, pooled: average },
];

describe.each(poolings)("$name pooling", ({ over1d, over2d, pooled }) => {
  test.each([
    { size: [4, 6], poolSize: 2, strides: "auto", padding: "valid", outputs: [2, 3] },
    { size: [5, 7], poolSize: 2, strides: "auto", padding: "same", outputs: [3, 4] },
    { size: [5, 7], poolSize: [2, 3], strides: "auto", padding: "valid", outputs: [2, 2] },
    { size: [5, 4], poolSize: 3, strides: 2, padding: "same", outputs: [3, 2] },
    { size: [5, 4], poolSize: 3, strides: 1, padding: "valid", outputs: [3, 2] },
    { size: [1, 1], poolSize: 1, strides: "auto", padding: "valid", outputs: [1, 1] },
  ] as const)("takes windows of images: $size by $poolSize, stride $strides, $padding", (row) => {
    const { size, poolSize, strides, padding, outputs } = row;
    const [ph, pw] = typeof poolSize === "number" ? [poolSize, poolSize] : poolSize;
    const [sh, sw] = strides === "auto" ? [ph, pw] : [strides, strides];
    const [top, left] = padding === "same" ? [before(size[0], ph, sh, 1), before(size[1], pw, sw, 1)] : [0, 0];
    const x = wholeNumbers([2, ...size, 3]);
    const expected = image([2, ...outputs, 3], (n, oh, ow, c) => {
      const rows = inside(oh * sh - top, ph, size[0]);
      const columns = inside(ow * sw - left, pw, size[1]);
      return pooled(rows.flatMap((h) => columns.map((w) => pixel(x, n, h, w, c))));
    });
    expectClose(run(over2d, { poolSize, strides, padding }, x), expected);
  });

  test.each([
    { steps: 6, poolSize: 2, strides: "auto", padding: "valid", outputs: 3 },
    { steps: 7, poolSize: 3, strides: "auto", padding: "same", outputs: 3 },
    { steps: 7, poolSize: 3, strides: 1, padding: "valid", outputs: 5 },
  ] as const)("takes windows of sequences: $steps by $poolSize, stride $strides, $padding", (row) => {
    const { steps, poolSize, strides, padding, outputs } = row;
    const stride = strides === "auto" ? poolSize : strides;
    const left = padding === "same" ? before(steps, poolSize, stride, 1) : 0;
    const x = wholeNumbers([2, 1, steps, 3]);
    const expected = image([2, 1, outputs, 3], (n, _, t, c) =>
      pooled(inside(t * stride - left, poolSize, steps).map((w) => pixel(x, n, 0, w, c))),
    );
    const y = run(over1d, { poolSize, strides, padding }, new NdArray([2, steps, 3], x.data));
    expectClose(y, new NdArray([2, outputs, 3], expected.data));
  });

  test("refuses a window larger than the image, and is cured by either repair", () => {
    const x = constant(0, [2, 2, 5, 3]);
    const error = refusalOf(() => buildLayer(over2d, { poolSize: 3 }, [x]));
    expect(error.message).toBe(
      `${over2d.kind} "layer": window 3×3 does not fit the 2×5 input; use padding "same" or a smaller window`,
    );
    expect(error.text.zh).toBe("3×3 的池化窗口放不进 2×5 的输入；请将填充改为“same”，或改用更小的池化窗口");
    expect(error.repairs).toEqual([
      { kind: "set", field: "padding", value: "same" },
      { kind: "set", field: "poolSize", value: [2, 3] },
    ]);
    expect(buildLayer(over2d, { poolSize: 3, padding: "same" }, [x]).output.shape).toEqual([2, 1, 2, 3]);
    expect(buildLayer(over2d, { poolSize: [2, 3] }, [x]).output.shape).toEqual([2, 1, 1, 3]);
  });

  test("where only one pixel is left offers its removal", () => {
    const error = refusalOf(() => buildLayer(over2d, {}, [constant(0, [2, 1, 1, 3])]));
    expect(error.message).toContain('window 2×2 does not fit the 1×1 input; use padding "same" or remove the layer');
    expect(error.text.zh).toContain("或移除该层");
    expect(error.repairs).toEqual([{ kind: "set", field: "padding", value: "same" }, { kind: "remove" }]);
  });

  test("refuses a window longer than the sequence", () => {
    const error = refusalOf(() => buildLayer(over1d, { poolSize: 9 }, [constant(0, [2, 4, 3])]));
    expect(error.message).toContain("window 9 does not fit the input of 4 steps");
    expect(error.repairs).toContainEqual({ kind: "set", field: "poolSize", value: 4 });
  });

  test("refuses tokens and inputs of another rank with what to insert", () => {
    const insertedBefore = (layer: Layer, shape: readonly number[], dtype: "f32" | "i32" = "f32") =>
      refusalOf(() => buildLayer(layer, {}, [constant(0, shape, dtype)])).repairs;
    const reshape = (shape: readonly number[]) => [{ kind: "insert", layer: "Reshape", config: { shape } }];
    expect(insertedBefore(over2d, [2, 16])).toEqual(reshape([4, 4, 1]));
    expect(insertedBefore(over2d, [2, 8, 6])).toEqual(reshape([8, 6, 1]));
    expect(insertedBefore(over1d, [2, 16])).toEqual(reshape([16, 1]));
    expect(insertedBefore(over1d, [2, 4, 4, 3])).toEqual(reshape([16, 3]));
    expect(insertedBefore(over1d, [2, 16], "i32")).toEqual([{ kind: "insert", layer: "Embedding" }]);
    expect(insertedBefore(over2d, [2, 16], "i32")).toEqual([{ kind: "insert", layer: "Embedding" }]);
  });
});

describe.each([
  { layer: globalMaxPoolingLayer, pooled: largest },
  { layer: globalAveragePoolingLayer, pooled: average },
])("$layer.kind", ({ layer, pooled }) => {
  test.each([[[2, 3, 5, 4]], [[2, 15, 4]], [[1, 1, 1, 1]], [[2, 1, 3]]])("pools all positions of %o", (shape) => {
    const x = wholeNumbers(shape);
    const [batch, channels] = [shape[0] as number, shape.at(-1) as number];
    const positions = x.data.length / batch / channels;
    const expected = image([batch, 1, 1, channels], (n, _, __, c) =>
      pooled(Array.from({ length: positions }, (___, p) => x.at((n * positions + p) * channels + c))),
    );
    expectClose(run(layer, {}, x), new NdArray([batch, channels], expected.data));
  });

  test("on a list has nothing to pool and offers its removal", () => {
    const error = refusalOf(() => buildLayer(layer, {}, [constant(0, [2, 10])]));
    expect(error.message).toContain("but the input has the shape 10; remove the layer");
    expect(error.repairs).toEqual([{ kind: "remove" }]);
  });

  test("refuses tokens, and samples of too many dimensions", () => {
    const tokens = refusalOf(() => buildLayer(layer, {}, [constant(0, [2, 10], "i32")]));
    expect(tokens.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
    const large = refusalOf(() => buildLayer(layer, {}, [constant(0, [2, 3, 4, 5, 6])]));
    expect(large.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [3, 4, 30] } }]);
  });
});

describe("UpSampling2D", () => {
  test("nearest repeats each pixel", () => {
    const x = wholeNumbers([2, 3, 2, 3]);
    const expected = image([2, 6, 6, 3], (n, h, w, c) => pixel(x, n, Math.floor(h / 2), Math.floor(w / 3), c));
    expect(run(upSampling2dLayer, { size: [2, 3] }, x)).toEqual(expected);
  });

  test("bilinear mixes new pixels by their distance to the old centres, and repeats the edges", () => {
    const x = new NdArray([1, 1, 3, 1], [0, 4, 8]);
    // Centres of the six new columns in old columns: −¼, ¼, ¾, 1¼, 1¾, 2¼.
    const row = [0, 1, 3, 5, 7, 8];
    const y = run(upSampling2dLayer, { size: 2, interpolation: "bilinear" }, x);
    expect(y).toEqual(new NdArray([1, 2, 6, 1], [...row, ...row]));
  });

  test("refuses what is no image", () => {
    const error = refusalOf(() => buildLayer(upSampling2dLayer, {}, [constant(0, [2, 7])]));
    expect(error.message).toContain("takes images");
  });
});

describe("ZeroPadding2D", () => {
  test.each([
    { padding: 1, border: [1, 1] },
    { padding: [2, 0], border: [2, 0] },
    { padding: 0, border: [0, 0] },
  ] as const)("puts $border rows and columns of zeros around images", ({ padding, border: [rows, columns] }) => {
    const x = wholeNumbers([2, 3, 2, 2]);
    const expected = image([2, 3 + 2 * rows, 2 + 2 * columns, 2], (n, h, w, c) =>
      pixel(x, n, h - rows, w - columns, c),
    );
    expect(run(zeroPadding2dLayer, { padding }, x)).toEqual(expected);
  });

  test("refuses what is no image", () => {
    const error = refusalOf(() => buildLayer(zeroPadding2dLayer, {}, [constant(0, [2, 9])]));
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [3, 3, 1] } }]);
  });
});

/** Positions of a window that lie in the input. */
function inside(start: number, length: number, size: number): number[] {
  return Array.from({ length }, (_, k) => start + k).filter((position) => position >= 0 && position < size);
}

function run(layer: Layer, config: Readonly<Record<string, unknown>>, x: NdArray): NdArray {
  const { output, parameters } = buildLayer(layer, config, [constant([...x.data], x.shape)]);
  expect(parameters.size).toBe(0);
  return interpret([output])[0] as NdArray;
}

/** Averages of whole numbers: equal up to the order of float64 sums. */
function expectClose(actual: NdArray, expected: NdArray): void {
  expect(actual.shape).toEqual(expected.shape);
  for (const [k, value] of expected.data.entries()) expect(actual.at(k)).toBeCloseTo(value, 12);
}
