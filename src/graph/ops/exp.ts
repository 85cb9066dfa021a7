import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** exp(x); dx = dy · y. */
export function exp(x: Tensor): Tensor {
  return apply(expOp, [x], null);
}

export const expOp = unary({
  name: "exp",
  reference: Math.exp,
  wgsl: (x) => `exp_safe(${x})`,
  gradient: (dy, _, y) => mul(dy, y),
});
