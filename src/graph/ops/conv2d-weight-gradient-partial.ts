import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { referenceWeightGradient } from "./conv2d-reference.ts";
import { type ConvolutionAttrs, convolutionFlops, kernelShape, weightGradientOf } from "./conv2d-shape.ts";
import { linesOfSplit, selectWeightGradient } from "./conv2d-weight-variants.ts";
import type { Pair } from "./windows.ts";

export interface PartialAttrs extends ConvolutionAttrs {
  /** Height and width of the kernel. */
  readonly size: Pair;
  /** Parts that the lines of dy are cut into: a line is one n and one oh. */
  readonly splits: number;
}

/** The weight gradient of each part of the output's lines alone: (splits, KH, KW, Cin / groups, Cout). */
export function weightGradientPartial(
  x: Tensor,
  dy: Tensor,
  attrs: Omit<PartialAttrs, "splits">,
  splits: number,
): Tensor {
  return apply(conv2dWeightGradientPartialOp, [x, dy], { ...attrs, splits });
}

/** Made by the compiler, which differentiates nothing: it has no gradient. */
export const conv2dWeightGradientPartialOp: Op<PartialAttrs> = {
  name: "conv2dWeightGradientPartial",
  infer: ([x, dy], attrs) => ({
    shape: [attrs.splits, ...kernelShape(weightGradientOf(x as TensorType, dy as TensorType, attrs, attrs.size))],
    dtype: "f32",
  }),
  reference: ([x, dy], attrs) => {
    const convolution = weightGradientOf(x as NdArray, dy as NdArray, attrs, attrs.size);
    const lines = linesOfSplit(convolution, attrs.splits);
    const parts = Array.from({ length: attrs.splits }, (_, split) =>
      referenceWeightGradient(convolution, x as NdArray, dy as NdArray, (line) => Math.floor(line / lines) === split),
    );
    const data = parts.flatMap((part) => Array.from(part.data));
    return new NdArray([attrs.splits, ...kernelShape(convolution)], data);
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [x, dy], attrs }, adapter) =>
      selectWeightGradient(weightGradientOf(x as Tensor, dy as Tensor, attrs, attrs.size), attrs.splits, adapter),
  },
  flops: ({ inputs: [x, dy], attrs }) =>
    convolutionFlops(weightGradientOf(x as Tensor, dy as Tensor, attrs, attrs.size)),
};
