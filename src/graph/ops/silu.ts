import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

/** x · sigmoid(x), also called swish; dx = dy · s · (1 + x · (1 - s)) with s = sigmoid(x). */
export function silu(x: Tensor): Tensor {
  return apply(siluOp, [x], null);
}

export const siluOp = unary({
  name: "silu",
  reference: (x) => x / (1 + Math.exp(-x)),
  wgsl: (x) => `${x} * sigmoid(${x})`,
  gradient: (dy, x) => {
    const s = sigmoid(x);
    return mul(dy, mul(s, add(mul(x, sub(1, s)), 1)));
  },
});
