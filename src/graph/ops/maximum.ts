import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { greater } from "./greater.ts";
import { splitTies } from "./minimum.ts";

/** The larger of a and b, broadcast; NaN where either is NaN. dy goes to the larger, half to each where they tie. */
export function maximum(a: Operand, b: Operand): Tensor {
  return apply(maximumOp, operands(a, b), null);
}

export const maximumOp = binary({
  name: "maximum",
  reference: (a, b) => Math.max(a, b),
  wgsl: (a, b, dtype) => (dtype === "f32" ? `max_nan(${a}, ${b})` : `max(${a}, ${b})`),
  gradient: (dy, a, b) => splitTies(dy, a, b, greater(a, b)),
});
