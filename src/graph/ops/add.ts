import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { wrap } from "./integers.ts";

/** a + b, broadcast; integers wrap. da = db = dy. */
export function add(a: Operand, b: Operand): Tensor {
  return apply(addOp, operands(a, b), null);
}

export const addOp = binary({
  name: "add",
  reference: (a, b, dtype) => wrap(a + b, dtype),
  neutral: { value: 0, left: true },
  wgsl: (a, b) => `${a} + ${b}`,
  gradient: (dy) => [dy, dy],
});
