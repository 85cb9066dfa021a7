import type { ColumnValues, Dataset } from "../data/dataset.ts";
import { sizeOf } from "../graph/tensor.ts";

/** The least and the largest number of a target of numbers, in the training samples. */
export function targetRange({ target, training }: Dataset): readonly [least: number, largest: number] {
  const size = sizeOf(target.shape);
  const { values, offset = 0, stride = size } = training.columns.get(target.name) as ColumnValues;
  if (values instanceof Uint8Array) return [0, 1];
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let next = offset;
  for (let sample = 0; sample < training.count; sample++) {
    const start = offset + sample * stride;
    // Samples may overlap, or leave gaps that are none of theirs.
    for (next = Math.max(next, start); next < start + size; next++) {
      const value = values[next] as number;
      if (value < least) least = value;
      if (value > largest) largest = value;
    }
  }
  return [least, largest];
}
