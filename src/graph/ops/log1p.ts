import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { unary } from "./elementwise.ts";

/** log(1 + x), accurate for small x; -Infinity at -1, NaN below. dx = dy / (1 + x). */
export function log1p(x: Tensor): Tensor {
  return apply(log1pOp, [x], null);
}

export const log1pOp = unary({
  name: "log1p",
  reference: (x) => Math.log1p(x),
  wgsl: (x) => `log1p(${x})`,
  gradient: (dy, x) => div(dy, add(x, 1)),
});
