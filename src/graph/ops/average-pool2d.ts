import source from "../../../shaders/pool-average.wgsl?raw";
import gradientSource from "../../../shaders/pool-average-gradient.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Shape, Tensor, TensorType } from "../tensor.ts";
import {
  forEachPooledPixel,
  hasBorder,
  type PoolAttrs,
  type PoolOptions,
  poolAttrsOf,
  poolConstants,
  poolCounts,
  poolFlops,
  poolShape,
  poolWorkgroups,
  requireDy,
  type UnpoolAttrs,
  unpooledShape,
} from "./pooling.ts";
import { imageOf } from "./windows.ts";

export interface AveragePoolOptions extends PoolOptions {
  /** Whether pixels of the padding count as zeros in the average, as PyTorch has it; default false, as Keras has it. */
  readonly countPaddingIncluded?: boolean;
}

export interface AveragePoolAttrs extends PoolAttrs {
  readonly countPaddingIncluded: boolean;
}

/**
 * The mean of each window, channels last: of its pixels inside x, or of all in the padded x with `countPaddingIncluded`
 * (what ceil mode adds past the padding never counts).
 * x: (N, H, W, C); gives (N, OH, OW, C). dx = dy / count, summed over the windows a pixel stands in.
 * Refuses windows that do not fit the padded input and windows of padding alone.
 */
export function averagePool2d(x: Tensor, options: AveragePoolOptions): Tensor {
  const countPaddingIncluded = options.countPaddingIncluded ?? false;
  return apply(averagePool2dOp, [x], { ...poolAttrsOf(x, options), countPaddingIncluded });
}

export const averagePool2dOp: Op<AveragePoolAttrs> = {
  name: "averagePool2d",
  infer: ([x], attrs) => ({ shape: poolShape(x as TensorType, attrs), dtype: "f32" }),
  reference: ([input], attrs) => {
    const x = input as NdArray;
    const y = NdArray.zeros(poolShape(x, attrs));
    const counts = pixelCounts(x.shape, attrs);
    forEachPooledPixel(x.shape, attrs, (xAt, yAt) => {
      y.data[yAt] = y.at(yAt) + x.at(xAt);
    });
    return y.map((sum, yAt) => sum / counts(yAt));
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [x], outputs: [y], attrs }, adapter) => ({
      variant: "direct",
      source,
      constants: {
        ...averageConstants((x as Tensor).shape, attrs),
        BORDER: Number(hasBorder((x as Tensor).shape, attrs)),
      },
      tensors: ["x", "y"],
      workgroups: poolWorkgroups(y as Tensor, adapter),
    }),
  },
  gradient: ([dy], { inputs: [x], attrs }) => [
    dy && apply(averagePool2dGradientOp, [dy], { ...attrs, image: imageOf((x as Tensor).shape) }),
  ],
  flops: ({ outputs: [y], attrs }) => poolFlops(y as Tensor, attrs),
};

/** dx of an average pooling, from dy: (N, OH, OW, C); gives (N, H, W, C). Each pixel gathers in a fixed order. */
export const averagePool2dGradientOp: Op<AveragePoolAttrs & UnpoolAttrs> = {
  name: "averagePool2dGradient",
  infer: ([dy], attrs) => {
    const shape = unpooledShape(dy as TensorType, attrs);
    requireDy(dy as TensorType, poolShape({ shape, dtype: "f32" }, attrs));
    return { shape, dtype: "f32" };
  },
  reference: ([dy], attrs) => {
    const dx = NdArray.zeros(unpooledShape(dy as NdArray, attrs));
    const counts = pixelCounts(dx.shape, attrs);
    forEachPooledPixel(dx.shape, attrs, (xAt, yAt) => {
      dx.data[xAt] = dx.at(xAt) + (dy as NdArray).at(yAt) / counts(yAt);
    });
    return dx;
  },
  kernel: {
    kind: "shader",
    select: ({ outputs: [dx], attrs }, adapter) => ({
      variant: "gather",
      source: gradientSource,
      constants: averageConstants((dx as Tensor).shape, attrs),
      tensors: ["dy", "dx"],
      workgroups: poolWorkgroups(dx as Tensor, adapter),
    }),
  },
  gradient: ([ddx], { attrs: { size, strides, padding, ceilMode, countPaddingIncluded } }) => [
    ddx && apply(averagePool2dOp, [ddx], { size, strides, padding, ceilMode, countPaddingIncluded }),
  ],
  flops: ({ inputs: [dy], attrs }) => poolFlops(dy as Tensor, attrs),
};

/** How many pixels the window at a position of the output averages. */
function pixelCounts(shape: Shape, attrs: AveragePoolAttrs): (yAt: number) => number {
  const { size, strides, padding, countPaddingIncluded } = attrs;
  const [, height, width, channels] = shape as [number, number, number, number];
  const [rows, columns] = poolCounts([height, width], attrs);
  const along = (axis: 0 | 1, index: number, pixels: number) => {
    const [before, after] = countPaddingIncluded ? padding[axis] : [0, 0];
    const start = index * strides[axis] - padding[axis][0];
    return Math.min(start + size[axis], pixels + after) - Math.max(start, -before);
  };
  return (yAt) => {
    const window = Math.floor(yAt / channels);
    return along(0, Math.floor(window / columns) % rows, height) * along(1, window % columns, width);
  };
}

function averageConstants(shape: Shape, attrs: AveragePoolAttrs): Record<string, number> {
  const [[top, bottom], [left, right]] = attrs.countPaddingIncluded
    ? attrs.padding
    : [
        [0, 0],
        [0, 0],
      ];
  const counted = { COUNTED_TOP: top, COUNTED_BOTTOM: bottom, COUNTED_LEFT: left, COUNTED_RIGHT: right };
  return { ...poolConstants(shape, attrs), ...counted };
}
