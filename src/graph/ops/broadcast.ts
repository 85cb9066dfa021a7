import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, type Tensor, type TensorType } from "../tensor.ts";
import { broadcastShapes, broadcastValues } from "./broadcasting.ts";
import { unbroadcast } from "./elementwise.ts";

/** Repeats x along axes of size 1 and new leading axes, as NumPy's broadcast_to. dx = dy, summed over them. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply(broadcastOp, [x], { shape });
}

export const broadcastOp: Op<{ readonly shape: Shape }> = {
  name: "broadcast",
  infer: ([x], { shape }) => {
    const { shape: from, dtype } = x as TensorType;
    if (!sameShape(broadcastShapes(from, shape), shape)) {
      refuse(
        `${formatShape(from)} does not broadcast to ${formatShape(shape)}; its sizes must be equal to the target's or 1`,
      );
    }
    return { shape, dtype };
  },
  reference: ([x], { shape }) => new NdArray(shape, broadcastValues(x as NdArray, shape), (x as NdArray).dtype),
  kernel: { kind: "pointwise", emit: ({ input }) => input(0) },
  gradient: ([dy], { inputs: [x] }) => [unbroadcast(dy as Tensor, (x as Tensor).shape)],
  flops: () => 0,
};
