import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

/** 1 / x; dx = -dy · y². */
export function reciprocal(x: Tensor): Tensor {
  return apply(reciprocalOp, [x], null);
}

export const reciprocalOp = unary({
  name: "reciprocal",
  reference: (x) => 1 / x,
  wgsl: (x) => `1.0 / ${x}`,
  gradient: (dy, _, y) => neg(mul(dy, mul(y, y))),
});
