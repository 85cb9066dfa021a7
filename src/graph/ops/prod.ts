import type { Op } from "../op.ts";
import type { DType, Tensor } from "../tensor.ts";
import type { Axes } from "./axes.ts";
import { cast } from "./cast.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { multiply } from "./integers.ts";
import { mul } from "./mul.ts";
import { type ReduceAttrs, reduce, reduction } from "./reduction.ts";
import { sum } from "./sum.ts";
import { where } from "./where.ts";

/**
 * Product over the axes (default: all); 1 over an empty axis. Integers wrap. dx = dy · the product of the others, also
 * where some are 0.
 */
export function prod(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduce(prodOps[x.dtype], x, axes, keepDims);
}

/** One op a dtype, because integers wrap. */
export const prodOps: Readonly<Record<DType, Op<ReduceAttrs>>> = {
  f32: prodOf("f32"),
  i32: prodOf("i32"),
  u32: prodOf("u32"),
};

function prodOf(dtype: DType): Op<ReduceAttrs> {
  return reduction({
    name: "prod",
    reference: { initial: 1, combine: (a, b) => multiply(a, b, dtype) },
    initial: "1",
    combine: (a, b) => `(${a} * ${b})`,
    gradient: (dy, x, _, axes) => mul(dy, productOfOthers(x, axes)),
  });
}

/** With one zero among the elements, only its own entry is not 0; with two, none; without, it is y / x. */
function productOfOthers(x: Tensor, axes: readonly number[]): Tensor {
  const isZero = equal(x, 0);
  const zeros = sum(cast(isZero, "u32"), axes, true);
  const product = prod(where(isZero, 1, x), axes, true);
  return where(isZero, where(equal(zeros, 1), product, 0), where(equal(zeros, 0), div(product, x), 0));
}
