import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { splitAtAxis } from "./arg-reduction.ts";
import { axisOf, requireAxis } from "./axes.ts";
import { div } from "./div.ts";
import { requireDType } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { max } from "./max.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export interface AxisAttrs {
  readonly axis: number;
}

/** exp(x) / Σ exp(x) along an axis, without overflow. dx = y · (dy - Σ dy · y). */
export function softmax(x: Tensor, axis = -1): Tensor {
  return apply(softmaxOp, [x], { axis: axisOf(x.shape, axis) });
}

export const softmaxOp: Op<AxisAttrs> = {
  name: "softmax",
  infer: ([x], { axis }) => inferAlong(x as TensorType, axis),
  reference: ([x], { axis }) =>
    mapLines(x as NdArray, axis, (line) => {
      const largest = Math.max(...line);
      const total = line.reduce((sum, value) => sum + Math.exp(value - largest), 0);
      return line.map((value) => Math.exp(value - largest) / total);
    }),
  kernel: {
    kind: "composite",
    lower: ({ inputs, attrs: { axis } }) => {
      const [x] = inputs as [Tensor];
      const e = exp(sub(x, max(x, axis, true)));
      return [div(e, sum(e, axis, true))];
    },
  },
  gradient: ([dy], { outputs, attrs: { axis } }) => {
    const [y] = outputs as [Tensor];
    return [mul(y, sub(dy as Tensor, sum(mul(dy as Tensor, y), axis, true)))];
  },
  flops: ({ outputs: [y] }) => 5 * (y as Tensor).shape.reduce((size, n) => size * n, 1),
};

/** The shape rule of functions along one axis that keep the shape. */
export function inferAlong({ shape, dtype }: TensorType, axis: number): TensorType {
  requireDType(dtype, ["f32"]);
  requireAxis(shape, axis);
  return { shape, dtype };
}

/** Replaces each line of values along an axis. */
export function mapLines(x: NdArray, axis: number, f: (line: readonly number[]) => readonly number[]): NdArray {
  const { outer, n, inner } = splitAtAxis(x.shape, axis);
  const result = NdArray.zeros(x.shape, x.dtype);
  for (let row = 0; row < outer * inner; row++) {
    const start = Math.floor(row / inner) * n * inner + (row % inner);
    const line = Array.from({ length: n }, (_, k) => x.at(start + k * inner));
    for (const [k, value] of f(line).entries()) result.data[start + k * inner] = value;
  }
  return result;
}
