import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { comparison } from "./comparison.ts";
import { type Operand, operands } from "./elementwise.ts";

/** a >= b as u32: 1 where it holds, else 0; broadcast. NaN compares false. No gradient. */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return apply(greaterEqualOp, operands(a, b), null);
}

export const greaterEqualOp = comparison("greaterEqual", ">=", (a, b) => a >= b);
