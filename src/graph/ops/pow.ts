import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, operands } from "./elementwise.ts";
import { equal } from "./equal.ts";
import { log } from "./log.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { where } from "./where.ts";

/**
 * a to the power b, broadcast, as C has it: 1 for b = 0 and for a = 1 whatever the other; a negative a needs a whole b,
 * else NaN. da = dy · b · pow(a, b - 1), 0 for b = 0; db = dy · y · log(a), 0 for a = 0.
 */
export function pow(a: Operand, b: Operand): Tensor {
  return apply(powOp, operands(a, b), null);
}

export const powOp = binary({
  name: "pow",
  dtypes: ["f32"],
  reference: (a, b) => {
    // ECMAScript gives NaN for both, against IEEE 754.
    if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1;
    return a ** b;
  },
  wgsl: (a, b) => `power(${a}, ${b})`,
  gradient: (dy, a, b, y) => [
    where(equal(b, 0), 0, mul(dy, mul(b, pow(a, sub(b, 1))))),
    where(equal(a, 0), 0, mul(dy, mul(y, log(a)))),
  ],
});
