import type { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { type Axes, axesOf, droppedShape, requireAxes } from "./axes.ts";
import { broadcastPositions } from "./broadcasting.ts";
import { div } from "./div.ts";
import { requireDType } from "./elementwise.ts";
import { countOf, mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { inferReduce, type ReduceAttrs, reduceValues } from "./reduction.ts";
import { reshape } from "./reshape.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

interface VarianceAttrs extends ReduceAttrs {
  readonly ddof: number;
}

/**
 * Σ (x - mean)² / (n - ddof) over the axes (default: all): 0 degrees of freedom taken off for the variance of these
 * values, 1 for the estimate from a sample; NaN where none are left. dx = 2 dy (x - mean) / (n - ddof).
 */
export function variance(x: Tensor, axes?: Axes, { ddof = 0, keepDims = false } = {}): Tensor {
  const list = axesOf(x.shape, axes);
  const y = apply(varianceOp, [x], { axes: list, ddof });
  return keepDims ? y : reshape(y, droppedShape(x.shape, list));
}

export const varianceOp: Op<VarianceAttrs> = {
  name: "variance",
  infer: ([x], { axes }) => {
    const { shape, dtype } = x as TensorType;
    requireDType(dtype, ["f32"]);
    requireAxes(shape, axes);
    return inferReduce({ shape, dtype }, axes);
  },
  reference: ([x], { axes, ddof }) => {
    const { shape } = x as NdArray;
    const n = countOf(shape, axes);
    const means = reduceValues(x as NdArray, axes, 0, (a, b) => a + b).map((total) => total / n);
    const places = broadcastPositions(means.shape, shape);
    const deviations = (x as NdArray).map((value, k) => (value - means.at(places[k] as number)) ** 2);
    return reduceValues(deviations, axes, 0, (a, b) => a + b).map((total) => total / Math.max(n - ddof, 0));
  },
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs: { axes, ddof } }) => {
      const [x] = inputs as [Tensor];
      const deviation = sub(x, mean(x, axes, true));
      return [div(sum(square(deviation), axes, true), freedom(x, axes, ddof))];
    },
  },
  gradient: ([dy], { inputs, attrs: { axes, ddof } }) => {
    const [x] = inputs as [Tensor];
    const factor = div(mul(dy as Tensor, 2), freedom(x, axes, ddof));
    return [mul(sub(x, mean(x, axes, true)), factor)];
  },
};

function freedom(x: Tensor, axes: readonly number[], ddof: number): number {
  return Math.max(countOf(x.shape, axes) - ddof, 0);
}
