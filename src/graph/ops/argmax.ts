import type { Tensor } from "../tensor.ts";
import { argReduce, argReduction } from "./arg-reduction.ts";

/**
 * The position (i32) of the largest value along an axis, or among all in row-major order; the first where several tie,
 * and of NaN where there is one. Refuses an empty axis. No gradient.
 */
export function argmax(x: Tensor, axis?: number, keepDims = false): Tensor {
  return argReduce(argmaxOp, x, axis, keepDims);
}

export const argmaxOp = argReduction("argmax", false);
