import { reshape } from "../../graph/ops/reshape.ts";
import { slice } from "../../graph/ops/slice.ts";
import { sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { Histogram } from "../view-protocol.ts";

export const BINS = 40;

/** Numbers of a tensor that are counted, at most. */
const MAX_NUMBERS = 2 ** 14;

/** The numbers of a tensor, or so many of them, spread evenly over all of its axes: (N). */
export function sampled(tensor: Tensor): Tensor {
  const size = sizeOf(tensor.shape);
  let step = Math.ceil(size / MAX_NUMBERS);
  // A step that shares a factor with the size would always meet the same channels.
  while (step > 1 && greatestCommonDivisor(step, size) > 1) step++;
  return slice(reshape(tensor, [size]), [0], [-1], [Math.max(1, step)]);
}

/** Counts numbers in bins between the least and the largest; those that are not finite are left out. */
export function histogramOf(parts: readonly Float32Array[]): Histogram | undefined {
  let [least, largest, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  eachFinite(parts, (value) => {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
    sum += value;
    count++;
  });
  if (count === 0) return undefined;
  const mean = sum / count;
  const width = (largest - least) / BINS || 1;
  const counts = new Uint32Array(BINS);
  let squares = 0;
  eachFinite(parts, (value) => {
    const bin = Math.min(BINS - 1, Math.floor((value - least) / width));
    counts[bin] = (counts[bin] as number) + 1;
    squares += (value - mean) ** 2;
  });
  return { least, largest, counts, mean, deviation: Math.sqrt(squares / count) };
}

function eachFinite(parts: readonly Float32Array[], visit: (value: number) => void): void {
  for (const values of parts) {
    for (const value of values) if (Number.isFinite(value)) visit(value);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
