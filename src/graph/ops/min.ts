import type { Op } from "../op.ts";
import type { DType, Tensor } from "../tensor.ts";
import type { Axes } from "./axes.ts";
import { shareAmongTies } from "./max.ts";
import { type ReduceAttrs, reduce, reduction } from "./reduction.ts";

/**
 * The smallest value along the axes (default: all); NaN where one of them is NaN, and over an empty axis the largest value
 * of the dtype. dy is shared evenly among the elements that tie for it.
 */
export function min(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduce(minOps[x.dtype], x, axes, keepDims);
}

/** One op a dtype, for each has its own largest value. */
export const minOps: Readonly<Record<DType, Op<ReduceAttrs>>> = {
  f32: minOf(Number.POSITIVE_INFINITY, "infinity()", "min_nan"),
  i32: minOf(2 ** 31 - 1, "2147483647i", "min"),
  u32: minOf(2 ** 32 - 1, "4294967295u", "min"),
};

function minOf(initial: number, literal: string, smaller: string): Op<ReduceAttrs> {
  return reduction({
    name: "min",
    reference: { initial, combine: (a, b) => Math.min(a, b) },
    initial: literal,
    combine: (a, b) => `${smaller}(${a}, ${b})`,
    gradient: shareAmongTies,
  });
}
