import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { softplus } from "./softplus.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";

/** x · tanh(softplus(x)); dx = dy · (t + x · sigmoid(x) · (1 - t²)) with t = tanh(softplus(x)). */
export function mish(x: Tensor): Tensor {
  return apply(mishOp, [x], null);
}

export const mishOp = unary({
  name: "mish",
  reference: (x) => x * Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  wgsl: (x) => `mish(${x})`,
  gradient: (dy, x) => {
    const t = tanh(softplus(x));
    return mul(dy, add(t, mul(mul(x, sigmoid(x)), sub(1, mul(t, t)))));
  },
});
