import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, stridesOf, type Tensor, type TensorType } from "../tensor.ts";
import { axisOf, requireAxes } from "./axes.ts";
import { positionsOf } from "./broadcasting.ts";

/** Axis k of the result is axis `order[k]` of x (default: all axes reversed). dx = dy in the inverse order. */
export function transpose(x: Tensor, order: readonly number[] = [...x.shape.keys()].reverse()): Tensor {
  const axes = order.map((axis) => axisOf(x.shape, axis));
  const same = axes.length === x.shape.length && axes.every((axis, k) => axis === k);
  return same ? x : apply(transposeOp, [x], { order: axes });
}

export const transposeOp: Op<{ readonly order: readonly number[] }> = {
  name: "transpose",
  infer: ([x], { order }) => {
    const { shape, dtype } = x as TensorType;
    requireAxes(shape, order);
    if (order.length !== shape.length) {
      refuse(
        `the order [${order.join(", ")}] does not fit ${formatShape(shape)}; name each of its ${shape.length} axes once`,
      );
    }
    return { shape: order.map((axis) => shape[axis] as number), dtype };
  },
  reference: ([x], { order }) => {
    const { shape, dtype } = x as NdArray;
    const strides = stridesOf(shape);
    const steps = order.map((axis) => strides[axis] as number);
    const result = order.map((axis) => shape[axis] as number);
    const from = positionsOf(result, (coords) => coords.reduce((at, c, k) => at + c * (steps[k] as number), 0));
    return new NdArray(
      result,
      Float64Array.from(from, (position) => (x as NdArray).at(position)),
      dtype,
    );
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { order }, at, input }) =>
      input(
        0,
        inverse(order).map((axis) => at.coords[axis] as string),
      ),
  },
  simplify: ({ inputs: [x], attrs: { order } }) => {
    const { call } = x as Tensor;
    if (call.op.name !== "transpose") return undefined;
    const before = (call.attrs as { order: readonly number[] }).order;
    return transpose(
      call.inputs[0] as Tensor,
      order.map((axis) => before[axis] as number),
    );
  },
  gradient: ([dy], { attrs: { order } }) => [transpose(dy as Tensor, inverse(order))],
  flops: () => 0,
};

function inverse(order: readonly number[]): number[] {
  const result = new Array<number>(order.length);
  for (const [k, axis] of order.entries()) result[axis] = k;
  return result;
}
