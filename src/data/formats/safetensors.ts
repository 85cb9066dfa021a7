import { DescentError } from "../../errors.ts";
import { excerpt } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";
import { fromBfloat16, fromFloat16 } from "./half-precision.ts";
import { LENGTH_BYTES, METADATA, readHeader, type SafetensorsDtype } from "./safetensors-header.ts";

/** The header is filled up with spaces to a multiple of this, so that the tensors begin at one. */
const ALIGNMENT = 8;

export interface WrittenTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface ReadTensor {
  /** As it stands in the file; F16 and BF16 are read as float32 values. */
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, ReadTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * A safetensors file of F32 tensors, in the order of the map. Throws "data" where a shape does not fit its values or a
 * tensor is named "__metadata__".
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  // Written by hand, because a name from outside may be one that JavaScript's objects treat in a special way.
  const fields = [`${JSON.stringify(METADATA)}:${JSON.stringify(metadata)}`];
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    checkWritten(name, shape, values.length);
    const begin = end;
    end += values.byteLength;
    const entry = { dtype: "F32", shape, data_offsets: [begin, end] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  }
  const header = new TextEncoder().encode(`{${fields.join(",")}}`);
  const headerBytes = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  file.set(header, LENGTH_BYTES);
  let position = LENGTH_BYTES + headerBytes;
  for (const { values } of tensors.values()) {
    // The machine's order of bytes is the format's: WebGPU runs on little-endian machines only.
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return file;
}

/** The tensors of a safetensors file, F32, F16, BF16 or I32, in copies of their own. Throws "data": see the header. */
export function readSafetensors(file: DataFile): Safetensors {
  const { entries, metadata, dataStart } = readHeader(file);
  const tensors = new Map<string, ReadTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const { buffer } = file.bytes.slice(dataStart + begin, dataStart + end);
    tensors.set(name, { dtype, shape, values: valuesOf(dtype, buffer) });
  }
  return { tensors, metadata };
}

function valuesOf(dtype: SafetensorsDtype, buffer: ArrayBuffer): ReadTensor["values"] {
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer);
    case "I32":
      return new Int32Array(buffer);
    case "F16":
      return fromFloat16(new Uint16Array(buffer));
    case "BF16":
      return fromBfloat16(new Uint16Array(buffer));
  }
}

function checkWritten(name: string, shape: readonly number[], count: number): void {
  if (name === METADATA) {
    throw new DescentError("data", `a tensor is named "${METADATA}", which safetensors keeps for itself; rename it`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === count) return;
  const sizes = `the shape [${shape.join(", ")}] has ${size} values, ${count} are given`;
  throw new DescentError("data", `tensor ${excerpt(name).en}: ${sizes}; give as many as the shape has`);
}
