import type { Tensor } from "../tensor.ts";
import { ofHeightOne } from "./conv1d.ts";
import type { PoolOptions } from "./pooling.ts";
import { reshape } from "./reshape.ts";

export interface Pool1dOptions {
  /** Positions of a window. */
  readonly size: number;
  /** Positions from one window to the next; default: the size. */
  readonly strides?: number;
  /** Default "valid"; explicit: [before, after]. "same" puts the extra position of an odd padding at the end. */
  readonly padding?: "same" | "valid" | readonly [before: number, after: number];
  /** Whether a last window that starts inside the padded input, but ends outside of it, is pooled too; default false. */
  readonly ceilMode?: boolean;
}

/** Pools sequences (N, L, C) as images of height 1. */
export function poolSequences(
  pool: (images: Tensor, options: PoolOptions) => Tensor,
  x: Tensor,
  { size, strides = size, padding = "valid", ceilMode = false }: Pool1dOptions,
): Tensor {
  const y = pool(ofHeightOne(x, 1), {
    size: [1, size],
    strides: [1, strides],
    padding: typeof padding === "string" ? padding : [[0, 0], padding],
    ceilMode,
  });
  return reshape(y, [y.shape[0] as number, ...y.shape.slice(2)]);
}
