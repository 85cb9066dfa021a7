import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { type DType, formatShape, type Shape, sizeOf, type Tensor } from "../tensor.ts";
import { requireValue } from "./integers.ts";

/** Values known when the graph is built: one number for every element, or one value an element. */
export interface ConstantAttrs {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly values: number | readonly number[];
}

/**
 * A tensor of values known when the graph is built, in row-major order. A single number fills the shape and costs no
 * memory. Throws a "shape" error for values that do not fill the shape or that the dtype cannot hold.
 */
export function constant(values: number | readonly number[], shape: Shape = [], dtype: DType = "f32"): Tensor {
  return apply(constantOp, [], { shape, dtype, values });
}

export const constantOp: Op<ConstantAttrs> = {
  name: "constant",
  infer: (_, { shape, dtype, values }) => {
    if (typeof values !== "number" && values.length !== sizeOf(shape)) {
      const count = `${values.length} value${values.length === 1 ? "" : "s"}`;
      refuse(`${count} for shape ${formatShape(shape)}; give ${sizeOf(shape)} values, or another shape`);
    }
    for (const value of typeof values === "number" ? [values] : values) requireValue(value, dtype);
    return { shape, dtype };
  },
  reference: (_, { shape, dtype, values }) =>
    new NdArray(
      shape,
      typeof values === "number" ? new Float64Array(sizeOf(shape)).fill(values) : Float64Array.from(values),
      dtype,
    ),
  kernel: { kind: "source" },
};
