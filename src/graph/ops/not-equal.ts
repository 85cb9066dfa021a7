import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { comparison } from "./comparison.ts";
import { type Operand, operands } from "./elementwise.ts";

/** a != b as u32: 1 where it holds, else 0; broadcast. NaN is unequal to everything. No gradient. */
export function notEqual(a: Operand, b: Operand): Tensor {
  return apply(notEqualOp, operands(a, b), null);
}

export const notEqualOp = comparison("notEqual", "!=", (a, b) => a !== b);
