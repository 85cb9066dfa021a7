import type { Column, ColumnValues, Dataset, Samples } from "../data/dataset.ts";
import { add } from "../graph/ops/add.ts";
import { cast } from "../graph/ops/cast.ts";
import { constant } from "../graph/ops/constant.ts";
import { div } from "../graph/ops/div.ts";
import { gather } from "../graph/ops/gather.ts";
import { iota } from "../graph/ops/iota.ts";
import { mul } from "../graph/ops/mul.ts";
import { remainder } from "../graph/ops/remainder.ts";
import { reshape } from "../graph/ops/reshape.ts";
import { slice } from "../graph/ops/slice.ts";
import { variable } from "../graph/ops/variable.ts";
import { sizeOf, type Tensor } from "../graph/tensor.ts";
import type { Values } from "../graph/values.ts";

/** A batch of every column, and the samples it is gathered from, which lie on the GPU. */
export interface Batch {
  /** By column: (B, …). */
  readonly columns: ReadonlyMap<string, Tensor>;
  /** What the variables of the samples are to be filled with. */
  readonly uploads: ReadonlyMap<Tensor, Values>;
}

/** Names of the variables that hold samples start with this: they are no part of what a run has learned. */
const SAMPLES = "samples ";

export function holdsSamples(name: string): boolean {
  return name.startsWith(SAMPLES);
}

/**
 * Gathers the samples at the indices (B, u32) from values that lie on the GPU, for every column of the data set.
 * Columns that share their values (text, and what comes next in it) share the memory.
 */
export function gatherBatch(dataset: Dataset, samples: Samples, indices: Tensor): Batch {
  const stored = new Map<ColumnValues["values"], Tensor>();
  const uploads = new Map<Tensor, Values>();
  const store = (name: string, { values }: ColumnValues, upload: Values, dtype: Tensor["dtype"]) => {
    const known = stored.get(values);
    if (known !== undefined) return known;
    const tensor = variable(`${SAMPLES}${name}`, [upload.length], dtype);
    stored.set(values, tensor);
    uploads.set(tensor, upload);
    return tensor;
  };
  const columns = new Map<string, Tensor>();
  for (const column of [...dataset.inputs, dataset.target]) {
    const given = samples.columns.get(column.name) as ColumnValues;
    const { values } = given;
    const batch =
      values instanceof Uint8Array
        ? pixels(column, store(column.name, given, packed(values, sizeOf(column.shape)), "u32"), indices)
        : windows(column, given, store(column.name, given, values, column.dtype), indices);
    columns.set(column.name, batch);
  }
  return { columns, uploads };
}

/** Samples that begin `stride` values apart in (n) values: (B, …). */
function windows(column: Column, { offset = 0, stride }: ColumnValues, values: Tensor, indices: Tensor): Tensor {
  const size = sizeOf(column.shape);
  const starts = add(mul(indices, stride ?? size), offset);
  const places = add(reshape(starts, [-1, 1]), iota([1, size], "u32"));
  return reshape(gather(values, places), [indices.shape[0] as number, ...column.shape]);
}

/** Samples of bytes, four to a word, as numbers of 0…1: (B, …). */
function pixels(column: Column, words: Tensor, indices: Tensor): Tensor {
  const size = sizeOf(column.shape);
  const wordsPerSample = Math.ceil(size / 4);
  const batch = indices.shape[0] as number;
  const rows = gather(reshape(words, [-1, wordsPerSample]), indices);
  const shifted = div(reshape(rows, [batch, wordsPerSample, 1]), constant([1, 2 ** 8, 2 ** 16, 2 ** 24], [4], "u32"));
  const bytes = reshape(remainder(shifted, 256), [batch, 4 * wordsPerSample]);
  const values = mul(cast(slice(bytes, [0, 0], [batch, size]), "f32"), 1 / 255);
  return reshape(values, [batch, ...column.shape]);
}

/** Bytes as words, the first in the lowest bits; a sample starts at a word of its own. */
function packed(bytes: Uint8Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
  if (isLittleEndian && size % 4 === 0 && bytes.byteOffset % 4 === 0) {
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }
  const wordsPerSample = Math.ceil(size / 4);
  const words = new Uint32Array((bytes.length / size) * wordsPerSample);
  for (let at = 0; at < bytes.length; at++) {
    const within = at % size;
    const word = Math.floor(at / size) * wordsPerSample + (within >> 2);
    words[word] = (words[word] as number) | ((bytes[at] as number) << (8 * (within % 4)));
  }
  return words;
}
