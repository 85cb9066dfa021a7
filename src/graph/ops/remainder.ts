import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";

/**
 * The remainder of whole numbers with the sign of the divisor, as in Python; 0 where the divisor is 0. Integers only:
 * that of floats is lost in rounding where the quotient is large. No gradient.
 */
export function remainder(a: Operand, b: Operand): Tensor {
  return apply(remainderOp, operands(a, b), null);
}

export const remainderOp = binary({
  name: "remainder",
  dtypes: ["i32", "u32"],
  reference: (a, b) => (b === 0 ? 0 : a - b * Math.floor(a / b)),
  wgsl: (a, b, dtype) => `remainder_${dtype}(${a}, ${b})`,
  gradient: () => [undefined, undefined],
});
