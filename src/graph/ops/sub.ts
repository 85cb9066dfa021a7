import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { wrap } from "./integers.ts";
import { neg } from "./neg.ts";

/** a - b, broadcast; integers wrap. da = dy, db = -dy. */
export function sub(a: Operand, b: Operand): Tensor {
  return apply(subOp, operands(a, b), null);
}

export const subOp = binary({
  name: "sub",
  reference: (a, b, dtype) => wrap(a - b, dtype),
  neutral: { value: 0, left: false },
  wgsl: (a, b) => `${a} - ${b}`,
  gradient: (dy) => [dy, neg(dy)],
});
