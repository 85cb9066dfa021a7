import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { wrap } from "./integers.ts";
import { mul } from "./mul.ts";
import { sign } from "./sign.ts";

/** |x|; dx = dy · sign(x), 0 at 0. */
export function abs(x: Tensor): Tensor {
  return apply(absOp, [x], null);
}

export const absOp = unary({
  name: "abs",
  dtypes: ["f32", "i32"],
  reference: (x, _, dtype) => wrap(Math.abs(x), dtype),
  wgsl: (x) => `abs(${x})`,
  gradient: (dy, x) => mul(dy, sign(x)),
});
