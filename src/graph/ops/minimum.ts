import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { equal } from "./equal.ts";
import { less } from "./less.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** The smaller of a and b, broadcast; NaN where either is NaN. dy goes to the smaller, half to each where they tie. */
export function minimum(a: Operand, b: Operand): Tensor {
  return apply(minimumOp, operands(a, b), null);
}

export const minimumOp = binary({
  name: "minimum",
  reference: (a, b) => Math.min(a, b),
  wgsl: (a, b, dtype) => (dtype === "f32" ? `min_nan(${a}, ${b})` : `min(${a}, ${b})`),
  gradient: (dy, a, b) => splitTies(dy, a, b, less(a, b)),
});

/** dy for the operand that won, half of it for each where the operands are equal: PyTorch's rule. */
export function splitTies(dy: Tensor, a: Tensor, b: Tensor, first: Tensor): [Tensor, Tensor] {
  const half = mul(dy, 0.5);
  const ties = equal(a, b);
  return [where(ties, half, where(first, dy, 0)), where(ties, half, where(first, 0, dy))];
}
