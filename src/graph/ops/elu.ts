import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { unary } from "./elementwise.ts";
import { greater } from "./greater.ts";
import { floatLiteral } from "./literal.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** x where x > 0, else alpha · (exp(x) - 1); dx = dy where x > 0, else dy · (y + alpha). */
export function elu(x: Tensor, alpha = 1): Tensor {
  return apply(eluOp, [x], { alpha });
}

export const eluOp = unary<{ readonly alpha: number }>({
  name: "elu",
  reference: (x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x)),
  wgsl: (x, { alpha }) => `select(${floatLiteral(alpha)} * expm1(${x}), ${x}, ${x} > 0.0)`,
  gradient: (dy, x, y, { alpha }) => where(greater(x, 0), dy, mul(dy, add(y, alpha))),
});
