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
  const columns = [...dataset.inputs, dataset.target].map((column) => locate(column, samples));
  const stored = new Map<ColumnValues["values"], Stored>();
  for (const { values } of columns) {
    if (stored.has(values)) continue;
    stored.set(values, store(columns.filter((column) => column.values === values)));
  }
  const uploads = new Map([...stored.values()].map(({ tensor, upload }) => [tensor, upload]));
  const batches = columns.map((located): [string, Tensor] => {
    const { column, values } = located;
    const from = stored.get(values) as Stored;
    const gathered = values instanceof Uint8Array ? pixels : windows;
    return [column.name, gathered(located, from, indices)];
  });
  return { columns: new Map(batches), uploads };
}

/** Where the samples of a column lie in its values. */
interface Located {
  readonly column: Column;
  readonly values: ColumnValues["values"];
  readonly stride: number;
  readonly start: number;
  readonly end: number;
}

function locate(column: Column, { count, columns }: Samples): Located {
  const size = sizeOf(column.shape);
  const { values, offset = 0, stride = size } = columns.get(column.name) as ColumnValues;
  return { column, values, stride, start: offset, end: offset + (count - 1) * stride + size };
}

/** The part of an array that some columns use, on the GPU. */
interface Stored {
  readonly tensor: Tensor;
  readonly upload: Values;
  /** What of the array comes first in it. */
  readonly start: number;
}

function store(columns: readonly Located[]): Stored {
  const { column, values } = columns[0] as Located;
  const start = Math.min(...columns.map((located) => located.start));
  const end = Math.max(...columns.map((located) => located.end));
  const name = `${SAMPLES}${column.name}`;
  const part = values.subarray(start, end);
  if (!(part instanceof Uint8Array)) {
    return { tensor: variable(name, [part.length], column.dtype), upload: part, start };
  }
  const upload = packed(part, sizeOf(column.shape));
  return { tensor: variable(name, [upload.length], "u32"), upload, start };
}

/** Samples that begin `stride` values apart: (B, …). */
function windows({ column, stride, start }: Located, stored: Stored, indices: Tensor): Tensor {
  const starts = add(mul(indices, stride), start - stored.start);
  const places = add(reshape(starts, [-1, 1]), iota([1, sizeOf(column.shape)], "u32"));
  return reshape(gather(stored.tensor, places), [indices.shape[0] as number, ...column.shape]);
}

/** Samples of bytes, four to a word, as numbers of 0…1: (B, …). */
function pixels({ column }: Located, { tensor }: Stored, indices: Tensor): Tensor {
  const size = sizeOf(column.shape);
  const wordsPerSample = Math.ceil(size / 4);
  const batch = indices.shape[0] as number;
  const rows = gather(reshape(tensor, [-1, wordsPerSample]), indices);
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
