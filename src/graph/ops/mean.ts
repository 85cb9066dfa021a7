import type { NdArray } from "../nd-array.ts";
import type { Op } from "../op.ts";
import { sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import type { Axes } from "./axes.ts";
import { broadcastTo } from "./broadcast.ts";
import { div } from "./div.ts";
import { requireDType } from "./elementwise.ts";
import { inferReduce, type ReduceAttrs, reduce, reduceValues } from "./reduction.ts";
import { sum } from "./sum.ts";

/** Mean over the axes (default: all); NaN over an empty axis. dx = dy / n, broadcast. */
export function mean(x: Tensor, axes?: Axes, keepDims = false): Tensor {
  return reduce(meanOp, x, axes, keepDims);
}

/** How many values are reduced to one. */
export function countOf(shape: readonly number[], axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => shape[axis] as number));
}

export const meanOp: Op<ReduceAttrs> = {
  name: "mean",
  infer: ([x], { axes }) => {
    requireDType((x as TensorType).dtype, ["f32"]);
    return inferReduce(x as TensorType, axes);
  },
  reference: ([x], { axes }) => {
    const { shape } = x as NdArray;
    return reduceValues(x as NdArray, axes, 0, (a, b) => a + b).map((value) => value / countOf(shape, axes));
  },
  kernel: {
    kind: "composite",
    lower: ({ inputs: [x], attrs: { axes } }) => [
      div(sum(x as Tensor, axes, true), countOf((x as Tensor).shape, axes)),
    ],
  },
  gradient: ([dy], { inputs: [x], attrs: { axes } }) => {
    const { shape } = x as Tensor;
    return [broadcastTo(div(dy as Tensor, countOf(shape, axes)), shape)];
  },
};
