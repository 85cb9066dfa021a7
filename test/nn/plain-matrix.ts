import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { type Shape, sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import { createRandom } from "../ops/random.ts";
import type { BuiltLayer } from "./layer-context.ts";

/** Rows of float64 numbers: what the formulas in the layers' tests are written in. */
export type Matrix = readonly (readonly number[])[];

/** An input of seeded numbers within ±1. */
export function inputOf(name: string, shape: Shape): Tensor {
  return constant([...createRandom(name).uniform(shape, -1, 1).data], shape);
}

/** Gives every parameter numbers within ±1, so that no formula is tested on biases of 0 and scales of 1. */
export function drawParameters({ parameters, feed }: BuiltLayer): void {
  for (const [name, tensor] of parameters) feed.set(tensor, createRandom(name).uniform(tensor.shape, -1, 1));
}

/** What tensors of a built layer come to, flat. */
export function valuesOf({ feed }: Pick<BuiltLayer, "feed">, ...tensors: readonly Tensor[]): number[][] {
  return interpret(tensors, feed).map(({ data }) => [...data]);
}

/** A parameter as the formulas take it. */
export function parameterOf({ parameters, feed }: BuiltLayer, name: string): NdArray {
  const tensor = parameters.get(name);
  if (tensor === undefined) throw new Error(`no parameter ${name}; there are ${[...parameters.keys()].join(", ")}`);
  return feed.get(tensor) as NdArray;
}

/** The last two axes as matrices, one after another; a vector is one row. */
export function matricesOf({ shape, data }: { shape: Shape; data: ArrayLike<number> }): Matrix[] {
  const [rows = 1, columns = 1] = shape.length < 2 ? [1, shape[0]] : shape.slice(-2);
  return Array.from({ length: sizeOf(shape) / (rows * columns) }, (_, k) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => data[(k * rows + i) * columns + j] as number),
    ),
  );
}

/** A parameter of at most two axes as one matrix. */
export function matrixOf(built: BuiltLayer, name: string): Matrix {
  return matricesOf(parameterOf(built, name))[0] as Matrix;
}

export function times(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => (b[0] as readonly number[]).map((_, j) => row.reduce((sum, x, k) => sum + x * at(b, k, j), 0)));
}

/** a + b, where b of one row is added to every row of a. */
export function plus(a: Matrix, b: Matrix): Matrix {
  return a.map((row, i) => row.map((x, j) => x + at(b, b.length === 1 ? 0 : i, j)));
}

export function mapped(a: Matrix, f: (x: number) => number): Matrix {
  return a.map((row) => row.map(f));
}

/** `count` columns from `start` on. */
export function columns(a: Matrix, start: number, count: number): Matrix {
  return a.map((row) => row.slice(start, start + count));
}

export function at(a: Matrix, i: number, j: number): number {
  return a[i]?.[j] as number;
}

/** (x - mean) / √(variance + 1e-5) along each row, times scale, plus shift: each of one row. */
export function normalizedRows(a: Matrix, scale: Matrix, shift: Matrix): Matrix {
  return a.map((row) => {
    const mean = row.reduce((sum, x) => sum + x, 0) / row.length;
    const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length;
    return row.map((x, j) => ((x - mean) / Math.sqrt(variance + 1e-5)) * at(scale, 0, j) + at(shift, 0, j));
  });
}
