import type { Column, Dataset, Samples } from "../../src/data/dataset.ts";

/** The values of a column, a list for each sample. */
export function samplesOf(samples: Samples, { name, shape }: Column): number[][] {
  const column = samples.columns.get(name);
  if (column === undefined) throw new Error(`no column "${name}"`);
  const size = shape.reduce((product, length) => product * length, 1);
  const { values, offset = 0, stride = size } = column;
  return Array.from({ length: samples.count }, (_, k) => {
    const start = offset + k * stride;
    if (start + size > values.length)
      throw new Error(`sample ${k} of "${name}" ends beyond the ${values.length} values`);
    return Array.from(values.subarray(start, start + size));
  });
}

/** Training samples and then those for validation, of the input and of the target. */
export function allSamples({ inputs, target, training, validation }: Dataset): {
  inputs: number[][];
  targets: number[][];
} {
  const both = (column: Column) => [...samplesOf(training, column), ...samplesOf(validation, column)];
  return { inputs: both(inputs[0] as Column), targets: both(target) };
}
