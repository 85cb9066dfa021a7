import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { cos } from "./cos.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** sin(x), x in radians; dx = dy · cos(x). */
export function sin(x: Tensor): Tensor {
  return apply(sinOp, [x], null);
}

export const sinOp = unary({
  name: "sin",
  reference: (x) => Math.sin(x),
  wgsl: (x) => `sin_reduced(${x})`,
  gradient: (dy, x) => mul(dy, cos(x)),
});
