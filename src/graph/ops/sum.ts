import type { Op } from "../op.ts";
import type { DType, Tensor } from "../tensor.ts";
import type { Axes } from "./axes.ts";
import { broadcastTo } from "./broadcast.ts";
import { wrap } from "./integers.ts";
import { type ReduceAttrs, reduce, reduction } from "./reduction.ts";

/** Sum over the axes (default: all); 0 over an empty axis. Integers wrap. dx = dy, broadcast. */
export function sum(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduce(sumOps[x.dtype], x, axes, keepDims);
}

/** One op a dtype, because integers wrap. */
export const sumOps: Readonly<Record<DType, Op<ReduceAttrs>>> = {
  f32: sumOf("f32"),
  i32: sumOf("i32"),
  u32: sumOf("u32"),
};

function sumOf(dtype: DType): Op<ReduceAttrs> {
  return reduction({
    name: "sum",
    reference: { initial: 0, combine: (a, b) => wrap(a + b, dtype) },
    initial: "0",
    combine: (a, b) => `(${a} + ${b})`,
    gradient: (dy, x) => broadcastTo(dy, x.shape),
  });
}
