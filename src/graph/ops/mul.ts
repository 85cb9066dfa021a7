import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { multiply } from "./integers.ts";

/** a · b, broadcast; integers wrap. da = dy · b, db = dy · a. */
export function mul(a: Operand, b: Operand): Tensor {
  return apply(mulOp, operands(a, b), null);
}

export const mulOp = binary({
  name: "mul",
  reference: multiply,
  neutral: { value: 1, left: true },
  wgsl: (a, b) => `${a} * ${b}`,
  gradient: (dy, a, b) => [mul(dy, b), mul(dy, a)],
});
