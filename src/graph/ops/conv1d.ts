import type { Tensor } from "../tensor.ts";
import { conv2d } from "./conv2d.ts";
import { reshape } from "./reshape.ts";

export interface Conv1dOptions {
  /** Positions from one window to the next; default 1. */
  readonly strides?: number;
  /** Default "valid"; explicit: [before, after]. "same" puts the extra position of an odd padding at the end. */
  readonly padding?: "same" | "valid" | readonly [before: number, after: number];
  /** Positions from one tap of the kernel to the next; default 1. */
  readonly dilation?: number;
  /** Parts of the channels that are convolved apart; default 1. */
  readonly groups?: number;
}

/**
 * 1-D convolution over sequences, channels last: `conv2d` of images of height 1.
 * x: (N, L, Cin); w: (K, Cin / groups, Cout); gives (N, OL, Cout). Refuses what conv2d refuses.
 */
export function conv1d(x: Tensor, w: Tensor, options: Conv1dOptions = {}): Tensor {
  const { strides = 1, padding = "valid", dilation = 1, groups = 1 } = options;
  const y = conv2d(ofHeightOne(x, 1), ofHeightOne(w, 0), {
    strides: [1, strides],
    padding: typeof padding === "string" ? padding : [[0, 0], padding],
    dilation: [1, dilation],
    groups,
  });
  return reshape(y, [y.shape[0] as number, ...y.shape.slice(2)]);
}

/** With a height of 1 at the axis; another rank is left for the shape rule to refuse. */
export function ofHeightOne(x: Tensor, axis: number): Tensor {
  return x.shape.length === 3 ? reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]) : x;
}
