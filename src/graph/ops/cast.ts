import type { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { DType, Tensor, TensorType } from "../tensor.ts";
import { wrap } from "./integers.ts";

/**
 * x as another dtype. f32 to integers rounds towards zero and is clamped to the range, NaN becomes 0;
 * i32 and u32 keep their bits. No gradient, because it only passes through f32.
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype });
}

export const castOp: Op<{ readonly dtype: DType }> = {
  name: "cast",
  infer: ([x], { dtype }) => ({ shape: (x as TensorType).shape, dtype }),
  reference: ([x], { dtype }) => {
    const from = (x as NdArray).dtype;
    if (dtype === "f32") return (x as NdArray).map(Math.fround, dtype);
    if (from !== "f32") return (x as NdArray).map((value) => wrap(value, dtype), dtype);
    const [low, high] = dtype === "i32" ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
    return (x as NdArray).map((value) => Math.min(Math.max(Math.trunc(value) || 0, low), high), dtype);
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { dtype }, call, input }) =>
      (call.inputs[0] as Tensor).dtype === "f32" ? `${dtype}_of_f32(${input(0)})` : `${dtype}(${input(0)})`,
  },
  gradient: () => [undefined],
};
