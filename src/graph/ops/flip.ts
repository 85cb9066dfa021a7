import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { type Axes, axesOf, requireAxes } from "./axes.ts";
import { pickValues } from "./broadcasting.ts";
import type { ReduceAttrs } from "./reduction.ts";

/** x in reverse order along the axes (default: all). dx = dy, flipped. */
export function flip(x: Tensor, axes?: Axes): Tensor {
  return apply(flipOp, [x], { axes: axesOf(x.shape, axes) });
}

export const flipOp: Op<ReduceAttrs> = {
  name: "flip",
  infer: ([x], { axes }) => {
    const { shape, dtype } = x as TensorType;
    requireAxes(shape, axes);
    return { shape, dtype };
  },
  reference: ([x], { axes }) => {
    const { shape, dtype } = x as NdArray;
    const mirrored = (c: number, axis: number) => (axes.includes(axis) ? (shape[axis] as number) - 1 - c : c);
    return new NdArray(
      shape,
      pickValues(x as NdArray, shape, (coords) => coords.map(mirrored)),
      dtype,
    );
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { axes }, at, call, input }) => {
      const { shape } = call.inputs[0] as Tensor;
      return input(
        0,
        at.coords.map((c, axis) => (axes.includes(axis) ? `(${(shape[axis] as number) - 1}u - ${c})` : c)),
      );
    },
  },
  gradient: ([dy], { attrs: { axes } }) => [flip(dy as Tensor, axes)],
  flops: () => 0,
};
