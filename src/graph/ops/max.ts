import type { Op } from "../op.ts";
import type { DType, Tensor } from "../tensor.ts";
import type { Axes } from "./axes.ts";
import { cast } from "./cast.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { type ReduceAttrs, reduce, reduction } from "./reduction.ts";
import { sum } from "./sum.ts";
import { where } from "./where.ts";

/**
 * The largest value along the axes (default: all); NaN where one of them is NaN, and over an empty axis the smallest value
 * of the dtype. dy is shared evenly among the elements that tie for it.
 */
export function max(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduce(maxOps[x.dtype], x, axes, keepDims);
}

/** One op a dtype, for each has its own smallest value. */
export const maxOps: Readonly<Record<DType, Op<ReduceAttrs>>> = {
  f32: maxOf(Number.NEGATIVE_INFINITY, "negative_infinity()", "max_nan"),
  i32: maxOf(-(2 ** 31), "(-2147483647i - 1i)", "max"),
  u32: maxOf(0, "0u", "max"),
};

function maxOf(initial: number, literal: string, larger: string): Op<ReduceAttrs> {
  return reduction({
    name: "max",
    reference: { initial, combine: (a, b) => Math.max(a, b) },
    initial: literal,
    combine: (a, b) => `${larger}(${a}, ${b})`,
    gradient: shareAmongTies,
  });
}

/** dy / n for each of the n elements that equal the result, 0 for the others. */
export function shareAmongTies(dy: Tensor, x: Tensor, y: Tensor, axes: readonly number[]): Tensor {
  const ties = equal(x, y);
  return where(ties, div(dy, sum(cast(ties, "f32"), axes, true)), 0);
}
