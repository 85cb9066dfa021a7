import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { multiply } from "./integers.ts";
import { mul } from "./mul.ts";

/** x²; integers wrap. dx = 2x · dy. */
export function square(x: Tensor): Tensor {
  return apply(squareOp, [x], null);
}

export const squareOp = unary({
  name: "square",
  dtypes: ["f32", "i32", "u32"],
  reference: (x, _, dtype) => multiply(x, x, dtype),
  wgsl: (x) => `${x} * ${x}`,
  gradient: (dy, x) => mul(mul(dy, 2), x),
});
