import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import { type DType, type Shape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { type Axes, axesOf, droppedShape, keptShape, requireAxes } from "./axes.ts";
import { broadcastPositions } from "./broadcasting.ts";
import { reshape } from "./reshape.ts";

/** Axes to reduce, ascending, counted from the front. */
export interface ReduceAttrs {
  readonly axes: readonly number[];
}

/** A reduction primitive: one associative combination; the reduced axes stay as size 1. */
export interface Reduction {
  readonly name: string;
  readonly reference: { readonly initial: number; readonly combine: (a: number, b: number) => number };
  /** WGSL of the neutral element and of the combination. */
  readonly initial: string;
  readonly combine: (a: string, b: string) => string;
  readonly gradient?: (dy: Tensor, x: Tensor, y: Tensor, axes: readonly number[]) => Tensor;
}

export function reduction(definition: Reduction): Op<ReduceAttrs> {
  const { name, reference, initial, combine, gradient } = definition;
  return {
    name,
    infer: ([x], { axes }) => inferReduce(x as TensorType, axes),
    reference: ([x], { axes }) => reduceValues(x as NdArray, axes, reference.initial, reference.combine),
    kernel: { kind: "reduce", axes: (attrs) => attrs.axes, initial, combine },
    ...(gradient && {
      gradient: ([dy], { inputs: [x], outputs: [y], attrs }) => [
        gradient(dy as Tensor, x as Tensor, y as Tensor, attrs.axes),
      ],
    }),
    simplify: ({ inputs: [x], attrs: { axes } }) => (axes.every((axis) => x?.shape[axis] === 1) ? x : undefined),
    flops: ({ inputs: [x] }) => sizeOf((x as Tensor).shape),
  };
}

/** Applies a reduction over the given axes; without `keepDims` they disappear from the shape. */
export function reduce(op: Op<ReduceAttrs>, x: Tensor, axes: Axes, keepDims: boolean): Tensor {
  const list = axesOf(x.shape, axes);
  const y = apply(op, [x], { axes: list });
  return keepDims || list.length === 0 ? y : reshape(y, droppedShape(x.shape, list));
}

/** The shape rule of reductions. */
export function inferReduce({ shape, dtype }: TensorType, axes: readonly number[], output: DType = dtype): TensorType {
  requireAxes(shape, axes);
  return { shape: keptShape(shape, axes), dtype: output };
}

/** Combines the values along the axes in row-major order. */
export function reduceValues(
  x: NdArray,
  axes: readonly number[],
  initial: number,
  combine: (a: number, b: number) => number,
): NdArray {
  const shape: Shape = keptShape(x.shape, axes);
  const data = new Float64Array(sizeOf(shape)).fill(initial);
  for (const [k, position] of broadcastPositions(shape, x.shape).entries()) {
    data[position] = combine(data[position] as number, x.at(k));
  }
  return new NdArray(shape, data, x.dtype);
}
