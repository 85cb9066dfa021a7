import { excerpt, fileError, grouped } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";

/**
 * Bytes given to the decompressor at a time. They can grow a thousandfold before the limit is looked at, so this also
 * bounds by how much a bomb passes it.
 */
const SLICE_BYTES = 1024;

/** Whether the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * What a gzip file of one member holds, at most `limit` bytes. Throws "data" where it holds more (before that memory
 * is taken), is damaged, is cut off or is followed by something else.
 */
export async function gunzip(file: DataFile, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const { name, bytes } = file;
  if (!isGzip(bytes)) {
    const start = Array.from(bytes.subarray(0, 2), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw fileError(name, `begins with the bytes "${start}", a gzip file with "1f 8b"; choose a .gz file`);
  }
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of inflated(bytes)) {
      total += part.length;
      if (total > limit) break;
      parts.push(part);
    }
  } catch (cause) {
    throw damaged(name, excerpt(String(cause instanceof Error ? cause.message : cause)), { cause });
  }
  if (total > limit) {
    throw fileError(name, `unpacks to more than ${grouped(limit)} bytes, the most that is read; choose a smaller file`);
  }
  // Decompressors differ in what they make of a second member or of bytes after the last.
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  if (declared !== total % 2 ** 32) {
    throw damaged(name, `its end declares ${grouped(declared)} bytes, it holds ${grouped(total)}`);
  }
  return joined(parts, total);
}

/** Ends early, and takes no more of the bytes, where the loop over it does. */
async function* inflated(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream("gzip");
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
      await writer.write(bytes.subarray(start, start + SLICE_BYTES));
    }
    await writer.close();
  })();
  // Reading fails with the same reason, and is what is waited for.
  writing.catch(() => {});
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function damaged(name: string, why: string, options?: ErrorOptions): Error {
  return fileError(name, `the gzip data are damaged or cut off (${why}); download or pack the file again`, options);
}

function joined(parts: readonly Uint8Array[], total: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(total);
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
