import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { unary } from "./elementwise.ts";
import { square } from "./square.ts";

/** x / (1 + |x|); dx = dy / (1 + |x|)². */
export function softsign(x: Tensor): Tensor {
  return apply(softsignOp, [x], null);
}

export const softsignOp = unary({
  name: "softsign",
  reference: (x) => x / (1 + Math.abs(x)),
  wgsl: (x) => `${x} / (1.0 + abs(${x}))`,
  gradient: (dy, x) => div(dy, square(add(abs(x), 1))),
});
