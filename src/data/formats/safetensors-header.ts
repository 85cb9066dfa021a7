import { excerpt, fileError, grouped } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";
import { jsonFault } from "./json-fault.ts";

/** Bytes before the header: its length, a little-endian u64. */
export const LENGTH_BYTES = 8;

/** The key of the header that is no tensor but a map from strings to strings. */
export const METADATA = "__metadata__";

/** What is read, with its bytes to a value. */
export const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2, I32: 4 } as const;

export type SafetensorsDtype = keyof typeof DTYPE_BYTES;

/** Where a tensor stands. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** Bytes from the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly entries: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Position in the file of the first byte after the header. */
  readonly dataStart: number;
}

const MAX_HEADER_BYTES = 100_000_000;

/** The header, a tensor in it, and the tensor's shape. */
const MAX_DEPTH = 3;

/**
 * The header of a safetensors file, checked against the file's length: the tensors' bytes must fill what follows it,
 * without overlaps, holes or a rest. Throws "data".
 * Source of the format: https://huggingface.co/docs/safetensors.
 */
export function readHeader(file: DataFile): SafetensorsHeader {
  const { name, bytes } = file;
  const length = headerLength(file);
  const dataStart = LENGTH_BYTES + length;
  const fields = parseHeader(name, bytes.subarray(LENGTH_BYTES, dataStart));
  const metadata = new Map<string, string>();
  const entries: TensorEntry[] = [];
  for (const [key, value] of fields) {
    if (key === METADATA) readMetadata(name, value, metadata);
    else entries.push(readEntry(name, key, value));
  }
  checkLayout(name, entries, bytes.length - dataStart);
  return { entries, metadata, dataStart };
}

function headerLength({ name, bytes }: DataFile): number {
  if (bytes.length < LENGTH_BYTES) {
    const problem = `has ${bytes.length} bytes, a safetensors file at least ${LENGTH_BYTES}`;
    throw fileError(name, `${problem}; choose another file or get it again`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const declares = `declares a header of ${length.toLocaleString("en-US")} bytes`;
  if (length > BigInt(MAX_HEADER_BYTES)) {
    const problem = `${declares}, at most ${grouped(MAX_HEADER_BYTES)} are read`;
    throw fileError(name, `${problem}: it is no safetensors file, or damaged; choose another file`);
  }
  const rest = bytes.length - LENGTH_BYTES;
  if (Number(length) > rest) {
    throw fileError(name, `${declares}, but ${grouped(rest)} follow: it is cut off or damaged; get the file again`);
  }
  return Number(length);
}

function parseHeader(name: string, bytes: Uint8Array): [string, unknown][] {
  const cure = "the file is damaged or no safetensors file; get it again";
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw fileError(name, `its header is no UTF-8; ${cure}`, { cause });
  }
  let fault: string | undefined;
  let value: unknown;
  try {
    fault = jsonFault(json, MAX_DEPTH);
    if (fault === undefined) value = JSON.parse(json);
  } catch (cause) {
    throw fileError(name, `its header is no JSON (it begins ${excerpt(json).en}); ${cure}`, { cause });
  }
  if (fault !== undefined) throw fileError(name, `its header ${fault}; ${cure}`);
  if (!isObject(value)) throw fileError(name, `its header is no JSON object but ${excerpt(json).en}; ${cure}`);
  return Object.entries(value);
}

function readMetadata(name: string, value: unknown, metadata: Map<string, string>): void {
  if (!isObject(value)) {
    throw fileError(name, `"${METADATA}" is ${shown(value)}; it must be a map from texts to texts`);
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw fileError(name, `"${METADATA}" has ${shown(text)} at ${excerpt(key).en}; write it as a text`);
    }
    metadata.set(key, text);
  }
}

function readEntry(file: string, name: string, value: unknown): TensorEntry {
  const where = `tensor ${excerpt(name).en}`;
  if (!isObject(value)) throw fileError(file, `${where} is ${shown(value)}; it must have dtype, shape, data_offsets`);
  const { dtype, shape, data_offsets: offsets, ...others } = value;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw fileError(file, `${where} has the unknown key ${excerpt(unknown).en}; known are dtype, shape, data_offsets`);
  }
  if (!isDtype(dtype)) {
    const known = Object.keys(DTYPE_BYTES).join(", ");
    throw fileError(file, `${where} has the dtype ${shown(dtype)}; convert it to one of ${known}`);
  }
  if (!isSizes(shape)) throw fileError(file, `${where} has the shape ${shown(shape)}; whole numbers from 0 are meant`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw fileError(file, `${where} has the data_offsets ${shown(offsets)}; two whole numbers from 0 are meant`);
  }
  const [begin, end] = offsets as [number, number];
  const needed = shape.reduce((product, size) => product * size, DTYPE_BYTES[dtype]);
  if (end - begin !== needed) {
    const takes = `${dtype} of shape [${shape.join(", ")}] takes ${grouped(needed)} bytes`;
    const given = `its data_offsets [${begin}, ${end}] span ${grouped(end - begin)}`;
    throw fileError(file, `${where}: ${takes}, but ${given}; the file is damaged, save it again`);
  }
  return { name, dtype, shape, begin, end };
}

function checkLayout(file: string, entries: readonly TensorEntry[], bytes: number): void {
  const cure = "the file is damaged or cut off; get it again";
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const { name, begin, end } of sorted) {
    const where = `tensor ${excerpt(name).en} begins at byte ${grouped(begin)}`;
    if (begin < position)
      throw fileError(file, `${where}, within the one before it, which ends at ${grouped(position)}; ${cure}`);
    if (begin > position) {
      throw fileError(file, `${where}, but the one before it ends at ${grouped(position)}: a hole; ${cure}`);
    }
    position = end;
  }
  if (position !== bytes) {
    const holds = `its tensors take ${grouped(position)} bytes, but ${grouped(bytes)} follow the header`;
    throw fileError(file, `${holds}; ${cure}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === "string" && Object.hasOwn(DTYPE_BYTES, value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : excerpt(JSON.stringify(value)).en;
}
