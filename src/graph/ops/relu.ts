import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { greater } from "./greater.ts";
import { where } from "./where.ts";

/** max(x, 0), with NaN staying NaN; dx = dy where y > 0, else 0. */
export function relu(x: Tensor): Tensor {
  return apply(reluOp, [x], null);
}

export const reluOp = unary({
  name: "relu",
  reference: (x) => (x < 0 ? 0 : x),
  // max(x, 0.0) may turn NaN into 0.
  wgsl: (x) => `select(${x}, 0.0, ${x} < 0.0)`,
  gradient: (dy, _, y) => where(greater(y, 0), dy, 0),
});
