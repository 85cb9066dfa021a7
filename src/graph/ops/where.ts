import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { broadcastShapes, broadcastValues } from "./broadcasting.ts";
import { type Operand, operands, requireDType, requireSameDType, unbroadcast } from "./elementwise.ts";

/** a where the condition (u32) is not 0, else b; all three broadcast. da = dy where it holds, db = dy where not. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return apply(whereOp, [condition, ...operands(a, b)], null);
}

export const whereOp: Op<null> = {
  name: "where",
  infer: (inputs) => {
    const [condition, a, b] = inputs as [TensorType, TensorType, TensorType];
    requireDType(condition.dtype, ["u32"]);
    requireSameDType(a, b);
    return { shape: broadcastShapes(condition.shape, a.shape, b.shape), dtype: a.dtype };
  },
  reference: (inputs) => {
    const [condition, a, b] = inputs as [NdArray, NdArray, NdArray];
    const shape = broadcastShapes(condition.shape, a.shape, b.shape);
    const yes = broadcastValues(a, shape);
    const no = broadcastValues(b, shape);
    const values = broadcastValues(condition, shape).map((value, k) => (value !== 0 ? yes[k] : no[k]) as number);
    return new NdArray(shape, values, a.dtype);
  },
  kernel: { kind: "pointwise", emit: ({ input }) => `select(${input(2)}, ${input(1)}, ${input(0)} != 0u)` },
  gradient: ([dy], { inputs }) => {
    const [condition, a, b] = inputs as [Tensor, Tensor, Tensor];
    return [
      undefined,
      unbroadcast(where(condition, dy as Tensor, 0), a.shape),
      unbroadcast(where(condition, 0, dy as Tensor), b.shape),
    ];
  },
};
