import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** tanh(x); dx = dy · (1 - y²). */
export function tanh(x: Tensor): Tensor {
  return apply(tanhOp, [x], null);
}

export const tanhOp = unary({
  name: "tanh",
  reference: (x) => Math.tanh(x),
  wgsl: (x) => `tanh_safe(${x})`,
  gradient: (dy, _, y) => mul(dy, sub(1, mul(y, y))),
});
