import type { NdArray } from "../nd-array.ts";
import type { Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import type { Axes } from "./axes.ts";
import { requireDType } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { lessEqual } from "./less-equal.ts";
import { log } from "./log.ts";
import { max } from "./max.ts";
import { mul } from "./mul.ts";
import { inferReduce, type ReduceAttrs, reduce, reduceValues } from "./reduction.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { where } from "./where.ts";

const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** log(Σ exp(x)) over the axes (default: all), without overflow; -Infinity over an empty axis. dx = dy · exp(x - y). */
export function logSumExp(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduce(logSumExpOp, x, axes, keepDims);
}

export const logSumExpOp: Op<ReduceAttrs> = {
  name: "logSumExp",
  infer: ([x], { axes }) => {
    requireDType((x as TensorType).dtype, ["f32"]);
    return inferReduce(x as TensorType, axes);
  },
  reference: ([x], { axes }) => reduceValues(x as NdArray, axes, Number.NEGATIVE_INFINITY, logAddExp),
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs: { axes } }) => {
      const [x] = inputs as [Tensor];
      const largest = max(x, axes, true);
      // Infinity - Infinity would be NaN; NaN passes as it is.
      const shift = where(lessEqual(abs(largest), LARGEST), largest, 0);
      return [add(log(sum(exp(sub(x, shift)), axes, true)), shift)];
    },
  },
  gradient: ([dy], { inputs: [x], outputs: [y] }) => [mul(dy as Tensor, exp(sub(x as Tensor, y as Tensor)))],
};

/** log(exp(a) + exp(b)), one value after the other: another way than the kernel's. */
function logAddExp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
