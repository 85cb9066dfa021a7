import type { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";

/** x itself, through which no gradient passes. */
export function stopGradient(x: Tensor): Tensor {
  return apply(stopGradientOp, [x], null);
}

export const stopGradientOp: Op<null> = {
  name: "stopGradient",
  infer: ([x]) => ({ shape: (x as TensorType).shape, dtype: (x as TensorType).dtype }),
  reference: ([x]) => x as NdArray,
  kernel: { kind: "view" },
  simplify: ({ inputs: [x] }) => x,
  gradient: () => [undefined],
};
