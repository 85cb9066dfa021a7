import type { NdArray } from "../nd-array.ts";

/** The time steps in the order they are run. */
export function timeOrder(steps: number, isReversed: boolean): number[] {
  const order = Array.from({ length: steps }, (_, t) => t);
  return isReversed ? order.reverse() : order;
}

/** How many of `steps` a sample has; lengths outside 0 … T count as the nearer of these. */
export function lengthOf(lengths: NdArray, sample: number, steps: number): number {
  return Math.min(Math.max(lengths.at(sample), 0), steps);
}

/** `width` values from row `row` of an array taken as rows of that width. */
export function rowOf(x: NdArray, row: number, width: number): Float64Array {
  return x.data.slice(row * width, (row + 1) * width);
}

/** row · matrix: (K)·(K, N) gives (N). */
export function rowTimes(row: Float64Array, matrix: NdArray): Float64Array {
  const columns = matrix.shape[1] as number;
  const result = new Float64Array(columns);
  for (const [k, value] of row.entries()) {
    for (let n = 0; n < columns; n++) result[n] = (result[n] as number) + value * matrix.at(k * columns + n);
  }
  return result;
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
