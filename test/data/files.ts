import { gzipSync } from "node:zlib";
import type { DataFile } from "../../src/data/dataset.ts";

/** A file of these bytes, or of this text in UTF-8. */
export function fileOf(name: string, content: string | ArrayLike<number>): DataFile {
  return { name, bytes: typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content) };
}

/** A text in UTF-16 with its byte order mark. */
export function utf16(text: string, order: "little" | "big"): number[] {
  const units = Array.from({ length: text.length + 1 }, (_, k) => (k === 0 ? 0xfeff : text.charCodeAt(k - 1)));
  return units.flatMap((unit) => (order === "little" ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]));
}

/** The bytes of an IDX file: 0, 0, type, dimensions, the sizes as big-endian u32, the values. */
export function idxBytes(shape: readonly number[], values: ArrayLike<number>, type = 0x08): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

export function gzipped(name: string, content: Uint8Array): DataFile {
  return fileOf(name, gzipSync(content));
}

/** Bytes without order, the same every time. */
export function noise(count: number): Uint8Array<ArrayBuffer> {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
