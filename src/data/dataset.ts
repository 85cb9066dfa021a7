import type { ConfigOf, Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";

/** Samples in columns: what goes into the model, and what should come out of it. */
export interface Dataset {
  readonly inputs: readonly Column[];
  readonly target: Column;
  readonly training: Samples;
  readonly validation: Samples;
}

/** What a value of a column is; one of the inputs, or the target. */
export interface Column {
  readonly name: string;
  /** Of one sample: [28, 28, 1] an image, [] a label. */
  readonly shape: readonly number[];
  /** Numbers, or whole numbers that name a class or token (−1 in a target with gaps: does not count). */
  readonly dtype: "f32" | "i32";
  /** Of i32: what 0, 1, 2 … stand for: names of classes, characters. */
  readonly categories?: readonly string[];
  /** Of an i32 target: whether some values are −1, and do not count. */
  readonly gaps?: boolean;
}

/** Some samples of each column, by its name. */
export interface Samples {
  readonly count: number;
  readonly columns: ReadonlyMap<string, ColumnValues>;
}

/** Values of a column, sample after sample. */
export interface ColumnValues {
  /** A Uint8Array holds an f32 column of pixels: 255 stands for 1. */
  readonly values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
  /** Where the first sample begins, in values; default 0. */
  readonly offset?: number;
  /** Values from one sample to the next; default: the size of a sample. Fewer where samples are windows that overlap. */
  readonly stride?: number;
}

/** A data set is a value: what can be set, and how its samples are made or read. */
export interface DataSource<F extends Fields = Fields> {
  /** As it stands in the experiment: `glyphDigits`. */
  readonly kind: string;
  /** What a model learns of it. */
  readonly task: "classification" | "regression" | "reconstruction" | "forecasting" | "text" | "sequence";
  readonly label: Text;
  readonly help: Text;
  readonly fields: F;
  /** Names of its columns and classes that are words, as people read them. */
  readonly words?: Readonly<Record<string, Text>>;
  /** Whether it reads files, and which, as file dialogues have it: ".csv,.txt". Left out: it makes its samples. */
  readonly files?: { readonly accept: string; readonly help: Text };
  /** The samples. The same config, seed and files give the same values. Throws "data" with what, where and the cure. */
  load(config: ConfigOf<F>, seed: number, files: readonly DataFile[]): Dataset | Promise<Dataset>;
}

/** A file as the browser or the terminal has read it. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function defineSource<const F extends Fields>(source: DataSource<F>): DataSource {
  return source as unknown as DataSource;
}
