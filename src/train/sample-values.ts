import type { Column, Dataset, Samples } from "../data/dataset.ts";
import { sizeOf } from "../graph/tensor.ts";
import type { ColumnDescription, DataDescription, SampleValues, SourceDescription } from "./protocol.ts";

/** Copies `count` samples from `from` on out of a part of the data; fewer where it ends before. Pixels become 0…1. */
export function sampleValues(dataset: Dataset, samples: Samples, from: number, count: number): SampleValues {
  const first = Math.max(0, Math.min(from, samples.count));
  const given = Math.max(0, Math.min(count, samples.count - first));
  const columns = [...dataset.inputs, dataset.target].map((column) => {
    return [
      column.name,
      columnValues(
        column,
        samples,
        Array.from({ length: given }, (_, k) => first + k),
      ),
    ] as const;
  });
  return { count: given, columns: new Map(columns) };
}

/** The values of a column for the samples at these places, one behind the other. */
export function columnValues(
  { name, shape, dtype }: Column,
  samples: Samples,
  places: readonly number[],
): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
  const size = sizeOf(shape);
  const stored = samples.columns.get(name);
  if (stored === undefined) throw new Error(`the samples have no column "${name}"`);
  const { values, offset = 0, stride = size } = stored;
  const scale = values instanceof Uint8Array ? 1 / 255 : 1;
  const result = dtype === "i32" ? new Int32Array(places.length * size) : new Float32Array(places.length * size);
  for (const [k, place] of places.entries()) {
    const start = offset + place * stride;
    for (let at = 0; at < size; at++) result[k * size + at] = (values[start + at] as number) * scale;
  }
  return result;
}

export function describeDataset(dataset: Dataset, task: SourceDescription["task"]): DataDescription {
  const { inputs, target, training, validation } = dataset;
  return {
    task,
    inputs: inputs.map(describeColumn),
    target: describeColumn(target),
    trainingSamples: training.count,
    validationSamples: validation.count,
  };
}

function describeColumn({ name, shape, dtype, categories }: Column): ColumnDescription {
  return { name, shape, dtype, ...(categories === undefined ? {} : { categories }) };
}
