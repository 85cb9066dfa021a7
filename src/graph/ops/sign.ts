import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";

/** -1, 0 or 1 as x is below, at or above 0; NaN stays. dx = 0. */
export function sign(x: Tensor): Tensor {
  return apply(signOp, [x], null);
}

export const signOp = unary({
  name: "sign",
  reference: (x) => Math.sign(x),
  wgsl: (x) => `sign_nan(${x})`,
  gradient: () => undefined,
});
