import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import { type DType, type Shape, sizeOf, type Tensor } from "../tensor.ts";

/** Values known when the graph is built: one number for every element, or one value an element. */
export interface ConstantAttrs {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly values: number | readonly number[];
}

/** A tensor of values known when the graph is built. A single number fills the shape and costs no memory. */
export function constant(values: number | readonly number[], shape: Shape = [], dtype: DType = "f32"): Tensor {
  return apply(constantOp, [], { shape, dtype, values });
}

export const constantOp: Op<ConstantAttrs> = {
  name: "constant",
  infer: (_, { shape, dtype }) => ({ shape, dtype }),
  reference: (_, { shape, dtype, values }) =>
    new NdArray(
      shape,
      typeof values === "number" ? new Float64Array(sizeOf(shape)).fill(values) : Float64Array.from(values),
      dtype,
    ),
  kernel: { kind: "source" },
};
