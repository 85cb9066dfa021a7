import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, type Tensor, type TensorType } from "../tensor.ts";
import { pickValues } from "./broadcasting.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/** x repeated as a whole, `repeats[k]` times along axis k. dx sums dy over the copies. */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  return apply(tileOp, [x], { repeats });
}

export const tileOp: Op<{ readonly repeats: readonly number[] }> = {
  name: "tile",
  infer: ([x], { repeats }) => {
    const { shape, dtype } = x as TensorType;
    if (repeats.length !== shape.length || repeats.some((count) => !Number.isInteger(count) || count < 0)) {
      refuse(`repeats [${repeats.join(", ")}] do not fit ${formatShape(shape)}; give a whole number for each axis`);
    }
    return { shape: tiledShape(shape, repeats), dtype };
  },
  reference: ([x], { repeats }) => {
    const { shape, dtype } = x as NdArray;
    const result = tiledShape(shape, repeats);
    const data = pickValues(x as NdArray, result, (coords) => coords.map((c, axis) => c % (shape[axis] as number)));
    return new NdArray(result, data, dtype);
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { repeats }, at, call, input }) => {
      const { shape } = call.inputs[0] as Tensor;
      return input(
        0,
        at.coords.map((c, axis) => (repeats[axis] === 1 ? c : `(${c} % ${shape[axis]}u)`)),
      );
    },
  },
  gradient: ([dy], { inputs: [x], attrs: { repeats } }) => {
    const { shape } = x as Tensor;
    const copies = reshape(
      dy as Tensor,
      shape.flatMap((size, axis) => [repeats[axis] as number, size]),
    );
    return [
      sum(
        copies,
        shape.map((_, axis) => 2 * axis),
      ),
    ];
  },
  flops: () => 0,
};

function tiledShape(shape: Shape, repeats: readonly number[]): Shape {
  return shape.map((size, axis) => size * (repeats[axis] as number));
}
