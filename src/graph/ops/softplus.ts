import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";

/** log(1 + exp(x)), without overflow; dx = dy · sigmoid(x). */
export function softplus(x: Tensor): Tensor {
  return apply(softplusOp, [x], null);
}

export const softplusOp = unary({
  name: "softplus",
  reference: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  wgsl: (x) => `softplus(${x})`,
  gradient: (dy, x) => mul(dy, sigmoid(x)),
});
