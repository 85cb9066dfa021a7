import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** 1 / √x; Infinity at 0, NaN below. dx = -dy · y³ / 2. */
export function rsqrt(x: Tensor): Tensor {
  return apply(rsqrtOp, [x], null);
}

export const rsqrtOp = unary({
  name: "rsqrt",
  reference: (x) => 1 / Math.sqrt(x),
  wgsl: (x) => `rsqrt_safe(${x})`,
  gradient: (dy, _, y) => mul(mul(dy, -0.5), mul(mul(y, y), y)),
});
