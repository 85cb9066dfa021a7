import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Layer } from "../../src/nn/layer.ts";
import { conv1dLayer } from "../../src/nn/layers/conv-1d.ts";
import { conv2dLayer } from "../../src/nn/layers/conv-2d.ts";
import { conv2dTransposeLayer } from "../../src/nn/layers/conv-2d-transpose.ts";
import { depthwiseConv2dLayer } from "../../src/nn/layers/depthwise-conv-2d.ts";
import { reshapeLayer } from "../../src/nn/layers/reshape.ts";
import { separableConv2dLayer } from "../../src/nn/layers/separable-conv-2d.ts";
import type { Repair } from "../../src/nn/model-error.ts";
import { buildLayer, refusalOf } from "./layer-context.ts";
import { before, image, overKernel, pixel, wholeNumbers } from "./plain-windows.ts";

// Each layer against its formula on whole numbers, where every sum is exact.

describe("Conv1D", () => {
  test.each([
    { steps: 7, kernelSize: 3, strides: 1, padding: "valid", dilation: 1, groups: 1, outputs: 5 },
    { steps: 8, kernelSize: 3, strides: 2, padding: "same", dilation: 1, groups: 2, outputs: 4 },
    { steps: 7, kernelSize: 2, strides: 1, padding: "same", dilation: 3, groups: 1, outputs: 7 },
    { steps: 7, kernelSize: 3, strides: 2, padding: "valid", dilation: 3, groups: 2, outputs: 1 },
  ])("slides along a sequence: $steps steps, $padding, stride $strides, dilation $dilation, $groups groups", (row) => {
    const { steps, kernelSize, strides, padding, dilation, groups, outputs } = row;
    const x = wholeNumbers([2, 1, steps, 4]);
    const kernel = wholeNumbers([1, kernelSize, 4 / groups, 6], 2);
    const bias = wholeNumbers([6], 4);
    const left = padding === "same" ? before(steps, kernelSize, strides, dilation) : 0;
    const expected = image([2, 1, outputs, 6], (n, _, t, f) => {
      const first = Math.floor(f / (6 / groups)) * (4 / groups);
      let sum = bias.at(f);
      for (let c = 0; c < 4 / groups; c++) {
        sum += overKernel([1, kernelSize], (__, k) => {
          return pixel(x, n, 0, t * strides + k * dilation - left, first + c) * pixel(kernel, 0, k, c, f);
        });
      }
      return sum;
    });
    const config = { filters: 6, kernelSize, strides, padding, dilation, groups };
    const y = run(conv1dLayer, config, reshaped(x, [2, steps, 4]), {
      kernel: reshaped(kernel, [kernelSize, 4 / groups, 6]),
      bias,
    });
    expect(y).toEqual(reshaped(expected, [2, outputs, 6]));
  });

  test("refuses a kernel longer than the sequence, and is cured by either repair", () => {
    const x = constant(0, [2, 4, 3]);
    const config = { kernelSize: 3, dilation: 2 };
    const error = refusalOf(() => buildLayer(conv1dLayer, config, [x]));
    expect(error.message).toBe(
      'Conv1D "layer": kernel 3, dilated to 5, does not fit the input of 4 steps; use padding "same" or a smaller kernel',
    );
    expect(error.text.zh).toBe("3 的卷积核（膨胀后为 5）放不进长度为 4 的输入；请将填充改为“same”，或改用更小的卷积核");
    expect(error.repairs).toEqual([
      { kind: "set", field: "padding", value: "same" },
      { kind: "set", field: "kernelSize", value: 2 },
    ]);
    for (const repair of error.repairs) buildLayer(conv1dLayer, { ...config, ...setBy(repair) }, [x]);
  });

  test("refuses what is no sequence and offers a Reshape to one", () => {
    const error = refusalOf(() => buildLayer(conv1dLayer, {}, [constant(0, [2, 30])]));
    expect(error.message).toContain("30");
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [30, 1] } }]);
    const pixels = refusalOf(() => buildLayer(conv1dLayer, {}, [constant(0, [2, 4, 5, 3])]));
    expect(pixels.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [20, 3] } }]);
  });

  test("refuses tokens and offers an Embedding", () => {
    const error = refusalOf(() => buildLayer(conv1dLayer, {}, [constant(0, [2, 30], "i32")]));
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
  });
});

describe("Conv2D", () => {
  test.each([
    { size: [5, 6], kernelSize: 3, strides: 1, padding: "valid", dilation: 1, groups: 1, outputs: [3, 4] },
    { size: [5, 7], kernelSize: [2, 3], strides: 2, padding: "same", dilation: 1, groups: 1, outputs: [3, 4] },
    {
      size: [7, 5],
      kernelSize: [3, 2],
      strides: [1, 2],
      padding: "valid",
      dilation: [2, 1],
      groups: 2,
      outputs: [3, 2],
    },
    { size: [3, 4], kernelSize: 5, strides: 1, padding: "same", dilation: 1, groups: 4, outputs: [3, 4] },
    { size: [1, 1], kernelSize: 1, strides: 1, padding: "valid", dilation: 1, groups: 1, outputs: [1, 1] },
  ] as const)("slides over images: $size by $kernelSize, $padding, $groups groups", (row) => {
    const { size, kernelSize, strides, padding, dilation, groups, outputs } = row;
    const [kh, kw] = both(kernelSize);
    const [sh, sw] = both(strides);
    const [dh, dw] = both(dilation);
    const x = wholeNumbers([2, ...size, 4]);
    const kernel = wholeNumbers([kh, kw, 4 / groups, 8], 2);
    const bias = wholeNumbers([8], 4);
    const [top, left] = padding === "same" ? [before(size[0], kh, sh, dh), before(size[1], kw, sw, dw)] : [0, 0];
    const expected = image([2, ...outputs, 8], (n, h, w, f) => {
      const first = Math.floor(f / (8 / groups)) * (4 / groups);
      let sum = bias.at(f);
      for (let c = 0; c < 4 / groups; c++) {
        sum += overKernel([kh, kw], (i, j) => {
          return pixel(x, n, h * sh + i * dh - top, w * sw + j * dw - left, first + c) * pixel(kernel, i, j, c, f);
        });
      }
      return Math.max(sum, 0);
    });
    const config = { filters: 8, kernelSize, strides, padding, dilation, groups, activation: "relu" };
    expect(run(conv2dLayer, config, x, { kernel, bias })).toEqual(expected);
  });

  test("draws its kernel by Keras's fans: within √(6 / (KH·KW·(channels + filters)))", () => {
    const { parameters, feed } = buildLayer(conv2dLayer, { filters: 32 }, [constant(0, [1, 8, 8, 16])]);
    const values = (feed.get(parameters.get("kernel") as Tensor) as NdArray).data;
    const bound = Math.sqrt(6 / (9 * (16 + 32)));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.99 * bound);
  });

  test("without a bias has a kernel alone", () => {
    const { parameters } = buildLayer(conv2dLayer, { useBias: false }, [constant(0, [1, 8, 8, 3])]);
    expect([...parameters].map(([name, { shape }]) => [name, shape])).toEqual([["kernel", [3, 3, 3, 32]]]);
  });

  test.each([
    { size: [4, 4], kernelSize: 5, smaller: 4, kernel: "kernel 5×5", zh: "5×5 的卷积核放不进 4×4 的输入" },
    { size: [3, 8], kernelSize: 5, smaller: [3, 5], kernel: "kernel 5×5", zh: "5×5 的卷积核放不进 3×8 的输入" },
    { size: [9, 2], kernelSize: [1, 3], smaller: [1, 2], kernel: "kernel 1×3", zh: "1×3 的卷积核放不进 9×2 的输入" },
  ])("refuses $kernel on a $size image, and is cured by either repair", ({ size, kernelSize, smaller, kernel, zh }) => {
    const x = constant(0, [2, ...size, 3]);
    const error = refusalOf(() => buildLayer(conv2dLayer, { kernelSize }, [x]));
    expect(error.message).toBe(
      `Conv2D "layer": ${kernel} does not fit the ${size.join("×")} input; use padding "same" or a smaller kernel`,
    );
    expect(error.text.zh).toContain(zh);
    expect(error.repairs).toEqual([
      { kind: "set", field: "padding", value: "same" },
      { kind: "set", field: "kernelSize", value: smaller },
    ]);
    for (const repair of error.repairs) buildLayer(conv2dLayer, { kernelSize, ...setBy(repair) }, [x]);
  });

  test.each([
    { channels: 4, filters: 32, groups: 3, cure: "use 2", repairs: [{ groups: 2 }] },
    { channels: 3, filters: 32, groups: 2, cure: "use 1", repairs: [{ groups: 1 }] },
    { channels: 6, filters: 32, groups: 3, cure: "use 2, or 33 filters", repairs: [{ groups: 2 }, { filters: 33 }] },
    { channels: 8, filters: 2, groups: 4, cure: "use 2, or 4 filters", repairs: [{ groups: 2 }, { filters: 4 }] },
  ])("refuses $groups groups of $channels channels and $filters filters", (row) => {
    const { channels, filters, groups, cure, repairs } = row;
    const x = constant(0, [2, 8, 8, channels]);
    const error = refusalOf(() => buildLayer(conv2dLayer, { filters, groups }, [x]));
    expect(error.message).toBe(
      `Conv2D "layer": ${groups} groups do not divide the ${channels} input channels and the ${filters} filters; ${cure}`,
    );
    expect(error.text.zh).toContain(`${channels} 个输入通道`);
    expect(error.repairs.map(setBy)).toEqual(repairs);
    for (const repair of repairs) buildLayer(conv2dLayer, { filters, groups, ...repair }, [x]);
  });

  test.each([
    { sample: [784], target: [28, 28, 1] },
    { sample: [3072], target: [32, 32, 3] },
    { sample: [1568], target: [28, 28, 2] },
    { sample: [28, 28], target: [28, 28, 1] },
    { sample: [5, 6, 7, 2], target: [5, 6, 14] },
  ])("refuses a sample of $sample and offers a Reshape to $target, which it takes", ({ sample, target }) => {
    const error = refusalOf(() => buildLayer(conv2dLayer, {}, [constant(0, [2, ...sample])]));
    expect(error.message).toBe(
      `Conv2D "layer": it takes images, height×width×channels, but the input has the shape ${sample.join("×")}; ` +
        `insert a Reshape to ${target.join("×")}`,
    );
    expect(error.text.zh).toContain(`请插入 Reshape，变为 ${target.join("×")}`);
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: target } }]);
    const reshaped = buildLayer(reshapeLayer, { shape: target }, [constant(0, [2, ...sample])]).output;
    expect(buildLayer(conv2dLayer, {}, [reshaped]).output.shape).toHaveLength(4);
  });

  test.each([[[10]], [[]]])("refuses a sample of %o, of which no image can be made, without a repair", (sample) => {
    const error = refusalOf(() => buildLayer(conv2dLayer, {}, [constant(0, [2, ...sample])]));
    expect(error.message).toContain("connect it where there are still images, or use Dense");
    expect(error.repairs).toEqual([]);
  });

  test("refuses tokens and offers an Embedding", () => {
    const error = refusalOf(() => buildLayer(conv2dLayer, {}, [constant(0, [2, 8, 8, 1], "i32")]));
    expect(error.message).toContain("8×8×1 tokens; insert an Embedding");
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Embedding" }]);
  });
});

describe("DepthwiseConv2D", () => {
  test("convolves each channel with kernels of its own, whose results lie side by side", () => {
    const x = wholeNumbers([2, 5, 4, 3]);
    const kernel = wholeNumbers([3, 2, 3, 2], 5);
    const bias = wholeNumbers([6], 2);
    const [top, left] = [before(5, 3, 2, 1), before(4, 2, 1, 1)];
    const expected = image([2, 3, 4, 6], (n, h, w, f) => {
      const [c, m] = [Math.floor(f / 2), f % 2];
      const value = (i: number, j: number) => pixel(x, n, h * 2 + i - top, w + j - left, c) * pixel(kernel, i, j, c, m);
      return bias.at(f) + overKernel([3, 2], value);
    });
    const config = { kernelSize: [3, 2], strides: [2, 1], padding: "same", depthMultiplier: 2 };
    expect(run(depthwiseConv2dLayer, config, x, { kernel, bias })).toEqual(expected);
  });

  test("has a kernel (KH, KW, channels, multiplier), as in Keras", () => {
    const { parameters } = buildLayer(depthwiseConv2dLayer, { depthMultiplier: 2 }, [constant(0, [1, 8, 8, 5])]);
    expect([...parameters].map(([name, { shape }]) => [name, shape])).toEqual([
      ["kernel", [3, 3, 5, 2]],
      ["bias", [10]],
    ]);
  });

  test("refuses a kernel larger than the image", () => {
    const error = refusalOf(() => buildLayer(depthwiseConv2dLayer, {}, [constant(0, [1, 2, 8, 5])]));
    expect(error.message).toContain("kernel 3×3 does not fit the 2×8 input");
    expect(error.repairs.map(setBy)).toEqual([{ padding: "same" }, { kernelSize: [2, 3] }]);
  });
});

describe("SeparableConv2D", () => {
  test("convolves each channel by itself and then mixes the channels pixel by pixel", () => {
    const x = wholeNumbers([2, 4, 5, 3]);
    const depthwiseKernel = wholeNumbers([2, 2, 3, 2], 5);
    const pointwiseKernel = wholeNumbers([1, 1, 6, 4], 1);
    const bias = wholeNumbers([4], 2);
    const expected = image([2, 3, 4, 4], (n, h, w, f) => {
      let sum = bias.at(f);
      for (let k = 0; k < 6; k++) {
        const [c, m] = [Math.floor(k / 2), k % 2];
        const apart = overKernel([2, 2], (i, j) => pixel(x, n, h + i, w + j, c) * pixel(depthwiseKernel, i, j, c, m));
        sum += apart * pixel(pointwiseKernel, 0, 0, k, f);
      }
      return sum;
    });
    const config = { filters: 4, kernelSize: 2, depthMultiplier: 2 };
    expect(run(separableConv2dLayer, config, x, { depthwiseKernel, pointwiseKernel, bias })).toEqual(expected);
  });

  test("refuses what is no image", () => {
    const error = refusalOf(() => buildLayer(separableConv2dLayer, {}, [constant(0, [1, 8, 8])]));
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [8, 8, 1] } }]);
  });
});

describe("Conv2DTranspose", () => {
  test.each([
    { size: [3, 2], kernelSize: 3, strides: 2, padding: "valid", dilation: 1, outputs: [7, 5] },
    { size: [3, 2], kernelSize: 3, strides: 2, padding: "same", dilation: 1, outputs: [6, 4] },
    { size: [2, 3], kernelSize: [2, 3], strides: 1, padding: "valid", dilation: [3, 1], outputs: [5, 5] },
    { size: [2, 3], kernelSize: 1, strides: 3, padding: "same", dilation: 1, outputs: [6, 9] },
  ] as const)("spreads each pixel over a kernel: $size by $kernelSize, stride $strides, $padding", (row) => {
    const { size, kernelSize, strides, padding, dilation, outputs } = row;
    const [kh, kw] = both(kernelSize);
    const [dh, dw] = both(dilation);
    const x = wholeNumbers([2, ...size, 3]);
    const kernel = wholeNumbers([kh, kw, 4, 3], 2);
    const bias = wholeNumbers([4], 4);
    // What is cut from the edges is the padding of the convolution that goes from this output back to this input.
    const cut = (axis: 0 | 1, k: number, d: number) => (padding === "same" ? before(outputs[axis], k, strides, d) : 0);
    const [top, left] = [cut(0, kh, dh), cut(1, kw, dw)];
    const spread = new Map<string, number>();
    for (let n = 0; n < 2; n++) {
      for (let h = 0; h < size[0]; h++) {
        for (let w = 0; w < size[1]; w++) {
          for (let i = 0; i < kh; i++) {
            for (let j = 0; j < kw; j++) {
              for (let f = 0; f < 4; f++) {
                const at = [n, h * strides + i * dh - top, w * strides + j * dw - left, f].join();
                const share = [0, 1, 2].reduce((sum, c) => sum + pixel(x, n, h, w, c) * pixel(kernel, i, j, f, c), 0);
                spread.set(at, (spread.get(at) ?? 0) + share);
              }
            }
          }
        }
      }
    }
    const expected = image([2, ...outputs, 4], (n, h, w, f) => bias.at(f) + (spread.get([n, h, w, f].join()) ?? 0));
    const config = { filters: 4, kernelSize, strides, padding, dilation };
    expect(run(conv2dTransposeLayer, config, x, { kernel, bias })).toEqual(expected);
  });

  test("refuses a list and offers a Reshape to an image", () => {
    const error = refusalOf(() => buildLayer(conv2dTransposeLayer, {}, [constant(0, [1, 49])]));
    expect(error.repairs).toEqual([{ kind: "insert", layer: "Reshape", config: { shape: [7, 7, 1] } }]);
  });
});

/** The layer's output on x with the given parameters, which must be all of them. */
function run(
  layer: Layer,
  config: Readonly<Record<string, unknown>>,
  x: NdArray,
  values: Readonly<Record<string, NdArray>>,
): NdArray | undefined {
  const { output, parameters, feed } = buildLayer(layer, config, [constant([...x.data], x.shape)]);
  expect([...parameters.keys()]).toEqual(Object.keys(values));
  for (const [name, tensor] of parameters) {
    expect(tensor.shape).toEqual(values[name]?.shape);
    feed.set(tensor, values[name] as NdArray);
  }
  return interpret([output], feed)[0];
}

function reshaped({ data }: NdArray, shape: readonly number[]): NdArray {
  return new NdArray(shape, data);
}

function both(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === "number" ? [value, value] : value;
}

/** The field that a repair sets. */
function setBy(repair: Repair): Record<string, unknown> {
  if (repair.kind !== "set") throw new Error(`the repair is to ${repair.kind}`);
  return { [repair.field]: repair.value };
}
