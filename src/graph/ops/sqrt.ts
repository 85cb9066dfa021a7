import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** √x; NaN below 0. dx = dy / 2y. */
export function sqrt(x: Tensor): Tensor {
  return apply(sqrtOp, [x], null);
}

export const sqrtOp = unary({
  name: "sqrt",
  reference: (x) => Math.sqrt(x),
  wgsl: (x) => `sqrt_safe(${x})`,
  gradient: (dy, _, y) => div(mul(dy, 0.5), y),
});
