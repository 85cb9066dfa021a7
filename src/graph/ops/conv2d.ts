import type { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Call, Tensor, TensorType } from "../tensor.ts";
import { referenceForward, referenceInputGradient, referenceWeightGradient } from "./conv2d-reference.ts";
import {
  type Convolution,
  type ConvolutionAttrs,
  convolutionFlops,
  forwardOf,
  inputGradientOf,
  inputShape,
  kernelShape,
  outputShape,
  weightGradientOf,
} from "./conv2d-shape.ts";
import { selectForward, selectInputGradient } from "./conv2d-variants.ts";
import { weightGradientPartial } from "./conv2d-weight-gradient-partial.ts";
import { splitsOf } from "./conv2d-weight-variants.ts";
import { matmul } from "./matmul.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";
import { edgesOf, imageOf, type Padding, type Pair, pairOf } from "./windows.ts";

export interface Conv2dOptions {
  /** Pixels from one window to the next; default 1. */
  readonly strides?: number | Pair;
  /** Default "valid". "same" puts the extra pixel of an odd padding at the end, as TensorFlow and Keras do. */
  readonly padding?: Padding;
  /** Pixels from one tap of the kernel to the next; default 1. */
  readonly dilation?: number | Pair;
  /** Parts of the channels that are convolved apart; as many as input channels: depthwise. Default 1. */
  readonly groups?: number;
}

/**
 * 2-D convolution (cross-correlation, as every neural network library has it), channels last:
 * y[n, oh, ow, f] = Σ x[n, oh·stride + kh·dilation − top, ow·stride + kw·dilation − left, c] · w[kh, kw, c, f],
 * with zeros outside of x, over the kernel and the input channels c of f's group.
 *
 * x: (N, H, W, Cin); w: (KH, KW, Cin / groups, Cout); gives (N, OH, OW, Cout) with
 * OH = ⌊(H + top + bottom − (KH − 1)·dilation − 1) / stride⌋ + 1. There is no bias: add it, the sum is fused.
 * Refuses kernels that do not fit the padded input and channels that do not divide by the groups.
 */
export function conv2d(x: Tensor, w: Tensor, options: Conv2dOptions = {}): Tensor {
  const strides = pairOf(options.strides ?? 1);
  const dilation = pairOf(options.dilation ?? 1);
  const padding = edgesOf(options.padding ?? "valid", imageOf(x.shape), { size: kernelSizeOf(w), strides, dilation });
  return apply(conv2dOp, [x, w], { strides, padding, dilation, groups: options.groups ?? 1 });
}

/**
 * dx of a convolution whose input has the height and width `image`, from dy: (N, OH, OW, Cout) and
 * w: (KH, KW, Cin / groups, Cout); gives (N, H, W, Cin). Also the forward of a transposed convolution.
 */
export function conv2dInputGradient(dy: Tensor, w: Tensor, attrs: ConvolutionAttrs, image: Pair): Tensor {
  return apply(conv2dInputGradientOp, [dy, w], { ...plain(attrs), image });
}

/**
 * dw of a convolution whose kernel has the height and width `size`, from x: (N, H, W, Cin) and
 * dy: (N, OH, OW, Cout); gives (KH, KW, Cin / groups, Cout).
 */
export function conv2dWeightGradient(x: Tensor, dy: Tensor, attrs: ConvolutionAttrs, size: Pair): Tensor {
  return apply(conv2dWeightGradientOp, [x, dy], { ...plain(attrs), size });
}

export const conv2dOp: Op<ConvolutionAttrs> = {
  name: "conv2d",
  infer: ([x, w], attrs) => f32(outputShape(forwardOf(x as TensorType, w as TensorType, attrs))),
  reference: ([x, w], attrs) =>
    referenceForward(forwardOf(x as NdArray, w as NdArray, attrs), x as NdArray, w as NdArray),
  kernel: {
    kind: "shader",
    select: (call, adapter) => selectForward(forwardOfCall(call), adapter),
    lower: (call) => {
      const convolution = forwardOfCall(call);
      if (!isMatmul(convolution)) return undefined;
      const [x, w] = call.inputs as [Tensor, Tensor];
      return [reshape(matmul(pixelRows(x), kernelMatrix(w)), outputShape(convolution))];
    },
  },
  gradient: ([dy], { inputs: [x, w], attrs }) => [
    conv2dInputGradient(dy as Tensor, w as Tensor, attrs, imageOf((x as Tensor).shape)),
    conv2dWeightGradient(x as Tensor, dy as Tensor, attrs, kernelSizeOf(w as Tensor)),
  ],
  flops: (call) => convolutionFlops(forwardOfCall(call)),
};

export const conv2dInputGradientOp: Op<ConvolutionAttrs & { readonly image: Pair }> = {
  name: "conv2dInputGradient",
  infer: ([dy, w], attrs) => f32(inputShape(inputGradientOf(dy as TensorType, w as TensorType, attrs, attrs.image))),
  reference: ([dy, w], attrs) =>
    referenceInputGradient(
      inputGradientOf(dy as NdArray, w as NdArray, attrs, attrs.image),
      dy as NdArray,
      w as NdArray,
    ),
  kernel: {
    kind: "shader",
    select: (call, adapter) => selectInputGradient(inputGradientOfCall(call), adapter),
    lower: (call) => {
      const convolution = inputGradientOfCall(call);
      if (!isMatmul(convolution)) return undefined;
      const [dy, w] = call.inputs as [Tensor, Tensor];
      return [reshape(matmul(pixelRows(dy), kernelMatrix(w), { transposeB: true }), inputShape(convolution))];
    },
  },
  gradient: ([ddx], { inputs: [dy, w], attrs }) => [
    apply(conv2dOp, [ddx as Tensor, w as Tensor], plain(attrs)),
    conv2dWeightGradient(ddx as Tensor, dy as Tensor, attrs, kernelSizeOf(w as Tensor)),
  ],
  flops: (call) => convolutionFlops(inputGradientOfCall(call)),
};

/**
 * A sum over all pixels of the batch, with few results: on its own it would leave most of a GPU idle. So it is always
 * split: partial sums over `splits` parts of the output's lines, then their sum. A 1×1 convolution's is a matmul.
 */
export const conv2dWeightGradientOp: Op<ConvolutionAttrs & { readonly size: Pair }> = {
  name: "conv2dWeightGradient",
  infer: ([x, dy], attrs) => f32(kernelShape(weightGradientOf(x as TensorType, dy as TensorType, attrs, attrs.size))),
  reference: ([x, dy], attrs) =>
    referenceWeightGradient(
      weightGradientOf(x as NdArray, dy as NdArray, attrs, attrs.size),
      x as NdArray,
      dy as NdArray,
    ),
  kernel: {
    kind: "composite",
    lower: (call, adapter) => {
      const convolution = weightGradientOfCall(call);
      const [x, dy] = call.inputs as [Tensor, Tensor];
      const shape = kernelShape(convolution);
      if (isMatmul(convolution)) {
        return [reshape(matmul(pixelRows(x), pixelRows(dy), { transposeA: true }), shape)];
      }
      const splits = splitsOf(convolution, adapter);
      const partial = weightGradientPartial(x, dy, call.attrs, splits);
      return [splits === 1 ? reshape(partial, shape) : sum(partial, [0])];
    },
  },
  gradient: ([ddw], { inputs: [x, dy], attrs }) => [
    conv2dInputGradient(dy as Tensor, ddw as Tensor, attrs, imageOf((x as Tensor).shape)),
    apply(conv2dOp, [x as Tensor, ddw as Tensor], plain(attrs)),
  ],
  flops: (call) => convolutionFlops(weightGradientOfCall(call)),
};

function forwardOfCall({ inputs: [x, w], attrs }: Call<ConvolutionAttrs>): Convolution {
  return forwardOf(x as Tensor, w as Tensor, attrs);
}

function inputGradientOfCall({ inputs: [dy, w], attrs }: Call<ConvolutionAttrs & { image: Pair }>): Convolution {
  return inputGradientOf(dy as Tensor, w as Tensor, attrs, attrs.image);
}

function weightGradientOfCall({ inputs: [x, dy], attrs }: Call<ConvolutionAttrs & { size: Pair }>): Convolution {
  return weightGradientOf(x as Tensor, dy as Tensor, attrs, attrs.size);
}

/** A 1×1 kernel at every pixel: each pixel's channels times one matrix. */
function isMatmul({ size, strides, padding, groups }: Convolution): boolean {
  return [...size, ...strides, groups].every((value) => value === 1) && padding.flat().every((pixels) => pixels === 0);
}

function pixelRows(x: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  return reshape(x, [batch * height * width, channels]);
}

function kernelMatrix(w: Tensor): Tensor {
  return reshape(w, w.shape.slice(2));
}

function kernelSizeOf({ shape }: Tensor): Pair {
  return [shape[0] ?? 1, shape[1] ?? 1];
}

/** The attributes of the convolution alone, so that equal calls look equal. */
function plain({ strides, padding, dilation, groups }: ConvolutionAttrs): ConvolutionAttrs {
  return { strides, padding, dilation, groups };
}

function f32(shape: readonly number[]): TensorType {
  return { shape, dtype: "f32" };
}
