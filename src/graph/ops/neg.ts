import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { wrap } from "./integers.ts";

/** -x; dx = -dy. */
export function neg(x: Tensor): Tensor {
  return apply(negOp, [x], null);
}

export const negOp = unary({
  name: "neg",
  dtypes: ["f32", "i32"],
  reference: (x, _, dtype) => wrap(-x, dtype),
  wgsl: (x) => `-${x}`,
  gradient: (dy) => neg(dy),
});
