import type { Tensor } from "../tensor.ts";
import { conv2dInputGradient } from "./conv2d.ts";
import { type Edges, edgesOf, extentOf, imageOf, type Padding, type Pair, pairOf } from "./windows.ts";

export interface ConvTranspose2dOptions {
  /** Pixels of the output from one pixel of x to the next; default 1. */
  readonly strides?: number | Pair;
  /** Pixels cut from the edges of the output; default "valid": none. "same" makes the output stride times as large. */
  readonly padding?: Padding;
  /** Rows and columns added at the end, less than the stride each; default 0. Not with "same", which has its size. */
  readonly outputPadding?: number | Pair;
  /** Pixels of the output from one tap of the kernel to the next; default 1. */
  readonly dilation?: number | Pair;
  /** Parts of the channels that are convolved apart; default 1. */
  readonly groups?: number;
}

/**
 * Transposed 2-D convolution: the input gradient of `conv2d` used as a forward, so that it undoes the shape of a conv2d
 * with the same kernel size, strides, padding and dilation.
 *
 * x: (N, H, W, Cin); w: (KH, KW, Cout / groups, Cin), as in Keras; gives (N, OH, OW, Cout), Cout being groups times the
 * kernel's third dimension, with OH = (H − 1)·stride + (KH − 1)·dilation + 1 − top − bottom + outputPadding, or
 * H·stride with "same". Refuses what the convolution in the other direction refuses.
 */
export function convTranspose2d(x: Tensor, w: Tensor, options: ConvTranspose2dOptions = {}): Tensor {
  const strides = pairOf(options.strides ?? 1);
  const dilation = pairOf(options.dilation ?? 1);
  const extra = pairOf(options.outputPadding ?? 0);
  const { padding = "valid", groups = 1 } = options;
  const size: Pair = [w.shape[0] ?? 1, w.shape[1] ?? 1];
  const input = imageOf(x.shape);

  const enlarged: Pair = [input[0] * strides[0] + extra[0], input[1] * strides[1] + extra[1]];
  const edges: Edges = edgesOf(padding, enlarged, { size, strides, dilation });
  const image = ([0, 1] as const).map((axis) => {
    if (padding === "same") return enlarged[axis];
    const whole = (input[axis] - 1) * strides[axis] + extentOf(size[axis], dilation[axis]);
    return whole - edges[axis][0] - edges[axis][1] + extra[axis];
  });
  return conv2dInputGradient(x, w, { strides, padding: edges, dilation, groups }, [
    image[0] as number,
    image[1] as number,
  ]);
}
