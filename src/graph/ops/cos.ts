import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sin } from "./sin.ts";

/** cos(x), x in radians; dx = -dy · sin(x). */
export function cos(x: Tensor): Tensor {
  return apply(cosOp, [x], null);
}

export const cosOp = unary({
  name: "cos",
  reference: (x) => Math.cos(x),
  wgsl: (x) => `cos_reduced(${x})`,
  gradient: (dy, x) => neg(mul(dy, sin(x))),
});
