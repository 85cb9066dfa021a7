import { bigramLoss } from "../../src/data/bigram.ts";
import type { ColumnValues, Dataset } from "../../src/data/dataset.ts";
import { sizeOf } from "../../src/graph/tensor.ts";
import type { Metrics } from "../../src/train/trainer.ts";

/** What a preset is to reach on samples that it has not seen. */
export interface Bar {
  readonly preset: string;
  /** What is measured, in words. */
  readonly what: string;
  /** From the metrics of the validation samples. */
  readonly figure: (validation: Metrics) => number;
  /** "at least" or "at most", and how much; what depends on the data is computed from it. */
  readonly passes: "at least" | "at most";
  readonly bar: number | ((dataset: Dataset) => number);
  /** A run of so many steps for every change, of less data in smaller batches, in which the figure must reach a bar of its own. */
  readonly short: Pick<Bar, "bar"> & {
    readonly steps: number;
    readonly batchSize?: number;
    readonly data?: Readonly<Record<string, unknown>>;
  };
  /** Whether the samples can be drawn anew from another seed, unlike any of the training's. */
  readonly fresh: boolean;
}

const accuracy = ({ accuracy }: Metrics) => accuracy as number;
const loss = ({ loss }: Metrics) => loss as number;

export const bars: readonly Bar[] = [
  {
    preset: "spiral-mlp",
    what: "accuracy",
    figure: accuracy,
    passes: "at least",
    bar: 0.97,
    short: { steps: 1500, bar: 0.97 },
    fresh: true,
  },
  {
    preset: "regression-mlp",
    what: "R²",
    figure: ({ r2 }) => r2 as number,
    passes: "at least",
    bar: 0.95,
    short: { steps: 1000, bar: 0.7 },
    fresh: true,
  },
  {
    preset: "digits-cnn",
    what: "accuracy",
    figure: accuracy,
    passes: "at least",
    bar: 0.99,
    short: { steps: 40, bar: 0.4, batchSize: 32, data: { samples: 1000 } },
    fresh: true,
  },
  {
    preset: "lenet5",
    what: "accuracy",
    figure: accuracy,
    passes: "at least",
    bar: 0.985,
    short: { steps: 80, bar: 0.6, batchSize: 32, data: { samples: 1000 } },
    fresh: true,
  },
  {
    preset: "shapes-resnet",
    what: "accuracy",
    figure: accuracy,
    passes: "at least",
    bar: 0.95,
    short: { steps: 80, bar: 0.2, batchSize: 32, data: { samples: 1000 } },
    fresh: true,
  },
  {
    preset: "digits-autoencoder",
    what: "squared error, over that of the mean image",
    figure: loss,
    passes: "at most",
    bar: (dataset) => 0.5 * errorOfMean(dataset),
    short: { steps: 300, bar: errorOfMean, batchSize: 16, data: { samples: 1000 } },
    fresh: true,
  },
  {
    preset: "sine-lstm",
    what: "absolute error, over that of repeating the last value",
    figure: ({ meanAbsoluteError }) => meanAbsoluteError as number,
    passes: "at most",
    bar: (dataset) => 0.1 * errorOfRepeating(dataset),
    short: { steps: 200, bar: (dataset) => 0.5 * errorOfRepeating(dataset) },
    fresh: true,
  },
  {
    preset: "waveform-gru",
    what: "accuracy",
    figure: accuracy,
    passes: "at least",
    bar: 0.97,
    short: { steps: 200, bar: 0.5, batchSize: 32 },
    fresh: true,
  },
  {
    preset: "text-lstm",
    what: "nats a character",
    figure: loss,
    passes: "at most",
    bar: errorOfBigrams,
    short: { steps: 80, bar: 3, batchSize: 8 },
    fresh: false,
  },
  {
    preset: "text-gpt",
    what: "nats a character",
    figure: loss,
    passes: "at most",
    bar: errorOfBigrams,
    short: { steps: 70, bar: 3, batchSize: 4 },
    fresh: false,
  },
  {
    preset: "addition-seq",
    what: "whole answers right",
    figure: ({ sequenceAccuracy }) => sequenceAccuracy as number,
    passes: "at least",
    bar: 0.9,
    short: { steps: 160, bar: 0.01, batchSize: 32, data: { samples: 5000 } },
    fresh: false,
  },
];

/** Mean squared error of giving the training images' mean for every validation image. */
function errorOfMean({ target, training, validation }: Dataset): number {
  const mean = new Float64Array(sizeOf(target.shape));
  const seen = rowsOf(target, training);
  for (const row of seen) for (const [k, value] of row.entries()) mean[k] = (mean[k] as number) + value / seen.length;
  const errors = rowsOf(target, validation).map((row) =>
    row.reduce((sum, value, k) => sum + (value - (mean[k] as number)) ** 2, 0),
  );
  return errors.reduce((sum, error) => sum + error, 0) / (errors.length * mean.length);
}

/** Mean absolute error of giving the last value of each window for what follows. */
function errorOfRepeating({ inputs, target, validation }: Dataset): number {
  const windows = rowsOf(inputs[0] as Dataset["target"], validation);
  const following = rowsOf(target, validation);
  const errors = following.flatMap((row, k) => {
    const last = windows[k]?.at(-1) as number;
    return row.map((value) => Math.abs(value - last));
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

/** Loss of a bigram model, add-one smoothed, of the same text. */
function errorOfBigrams({ target, training, validation }: Dataset): number {
  const { values, offset = 0 } = validation.columns.get(target.name) as ColumnValues;
  const ids = training.columns.get(target.name)?.values as Int32Array;
  // The targets begin one character after the text that is held back.
  const seen = ids.subarray(0, offset - 1);
  return bigramLoss(seen, (values as Int32Array).subarray(offset - 1), target.categories?.length ?? 0);
}

function rowsOf({ name, shape }: Dataset["target"], { count, columns }: Dataset["training"]): number[][] {
  const { values, offset = 0, stride = sizeOf(shape) } = columns.get(name) as ColumnValues;
  const scale = values instanceof Uint8Array ? 1 / 255 : 1;
  return Array.from({ length: count }, (_, k) => {
    const start = offset + k * stride;
    return Array.from(values.subarray(start, start + sizeOf(shape)), (value) => value * scale);
  });
}
