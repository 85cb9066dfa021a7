import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { unary } from "./elementwise.ts";

/** The natural logarithm; -Infinity at 0, NaN below. dx = dy / x. */
export function log(x: Tensor): Tensor {
  return apply(logOp, [x], null);
}

export const logOp = unary({
  name: "log",
  reference: Math.log,
  wgsl: (x) => `log_safe(${x})`,
  gradient: (dy, x) => div(dy, x),
});
