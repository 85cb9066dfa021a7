import type { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { axisOf } from "./axes.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { max } from "./max.ts";
import { mul } from "./mul.ts";
import { type AxisAttrs, inferAlong, mapLines } from "./softmax.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

/** log(softmax(x)) along an axis, without overflow or cancellation. dx = dy - exp(y) · Σ dy. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return apply(logSoftmaxOp, [x], { axis: axisOf(x.shape, axis) });
}

export const logSoftmaxOp: Op<AxisAttrs> = {
  name: "logSoftmax",
  infer: ([x], { axis }) => inferAlong(x as TensorType, axis),
  reference: ([x], { axis }) =>
    mapLines(x as NdArray, axis, (line) => {
      const largest = Math.max(...line);
      const total = line.reduce((sum, value) => sum + Math.exp(value - largest), 0);
      return line.map((value) => value - largest - Math.log(total));
    }),
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs: { axis } }) => {
      const [x] = inputs as [Tensor];
      const shifted = sub(x, max(x, axis, true));
      return [sub(shifted, log(sum(exp(shifted), axis, true)))];
    },
  },
  gradient: ([dy], { outputs: [y], attrs: { axis } }) => [
    sub(dy as Tensor, mul(exp(y as Tensor), sum(dy as Tensor, axis, true))),
  ],
  flops: ({ outputs: [y] }) => 5 * (y as Tensor).shape.reduce((size, n) => size * n, 1),
};
