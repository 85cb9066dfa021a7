import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { wrap } from "./integers.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

/**
 * a / b, broadcast. Integers round towards zero, and dividing by 0 gives a, as WGSL defines it.
 * da = dy / b, db = -dy · y / b.
 */
export function div(a: Operand, b: Operand): Tensor {
  return apply(divOp, operands(a, b), null);
}

export const divOp = binary({
  name: "div",
  reference: (a, b, dtype) => (dtype === "f32" ? a / b : b === 0 ? a : wrap(Math.trunc(a / b), dtype)),
  neutral: { value: 1, left: false },
  // A call, because a constant integer divisor of zero does not compile.
  wgsl: (a, b, dtype) => (dtype === "f32" ? `${a} / ${b}` : `divide_${dtype}(${a}, ${b})`),
  gradient: (dy, _, b, y) => {
    const da = div(dy, b);
    return [da, neg(mul(da, y))];
  },
});
