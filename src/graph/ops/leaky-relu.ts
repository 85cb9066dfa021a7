import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { less } from "./less.ts";
import { floatLiteral } from "./literal.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** x where x ≥ 0, else slope · x; dx = dy or slope · dy, of which x = 0 takes dy. */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return apply(leakyReluOp, [x], { slope });
}

export const leakyReluOp = unary<{ readonly slope: number }>({
  name: "leakyRelu",
  // A slope of 0 gives 0 for -Infinity too: a driver may take 0 · x for 0.
  reference: (x, { slope }) => (x < 0 ? (slope === 0 ? 0 : slope * x) : x),
  wgsl: (x, { slope }) => `select(${x}, ${slope === 0 ? "0.0" : `${floatLiteral(slope)} * ${x}`}, ${x} < 0.0)`,
  gradient: (dy, x, _, { slope }) => where(less(x, 0), mul(dy, slope), dy),
});
