import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { abs } from "./abs.ts";
import { unary } from "./elementwise.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** clamp(x / 6 + 1/2, 0, 1), as PyTorch and Keras 3 have it; dx = dy / 6 where -3 < x < 3, else 0. */
export function hardSigmoid(x: Tensor): Tensor {
  return apply(hardSigmoidOp, [x], null);
}

export const hardSigmoidOp = unary({
  name: "hardSigmoid",
  reference: (x) => Math.min(Math.max(x / 6 + 0.5, 0), 1),
  wgsl: (x) => `clamp_nan(${x} / 6.0 + 0.5, 0.0, 1.0)`,
  gradient: (dy, x) => where(less(abs(x), 3), mul(dy, 1 / 6), 0),
});
