import type { Op } from "./op.ts";

/** Element types of a tensor. Comparisons give u32 (0 or 1). */
export type DType = "f32" | "i32" | "u32";

/** Dimensions, outermost first; `[]` is a scalar. Every size is known before anything runs. */
export type Shape = readonly number[];

/** What a shape rule sees and says of a tensor. */
export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** One use of an op: its inputs, attributes and outputs. Immutable. */
export interface Call<A = unknown> {
  readonly id: number;
  readonly op: Op<A>;
  readonly inputs: readonly Tensor[];
  readonly attrs: A;
  readonly outputs: readonly Tensor[];
  /** The canvas node this call was made for. */
  readonly node: string | undefined;
  /** Name of the op that was asked for: this call's own, or that of the op it is a part of (softmax, say). */
  readonly placed: string;
}

/** A value of the graph: one output of one call. Immutable; holds no data. */
export interface Tensor extends TensorType {
  readonly call: Call;
  /** Which output of the call this is. */
  readonly index: number;
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** Row-major strides of a shape, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}

/** A shape as people read it: `3×28×28`, or `scalar`. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? "scalar" : shape.join("×");
}
