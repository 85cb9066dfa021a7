import type { Text } from "../../schema/text.ts";
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
    throw fileError(name, {
      en: `begins with the bytes "${start}", a gzip file with "1f 8b"; choose a .gz file`,
      zh: `开头的字节是“${start}”，而 gzip 文件以“1f 8b”开头；请选择 .gz 文件`,
    });
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
    // What a browser says of it is in English everywhere.
    const reason = excerpt(String(cause instanceof Error ? cause.message : cause));
    throw damaged(name, { en: ` (${reason.en})`, zh: "" }, { cause });
  }
  if (total > limit) {
    throw fileError(name, {
      en: `unpacks to more than ${grouped(limit)} bytes, the most that is read; choose a smaller file`,
      zh: `解压后超过 ${grouped(limit)} 字节的读取上限；请选择更小的文件`,
    });
  }
  // Decompressors differ in what they make of a second member or of bytes after the last.
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  if (declared !== total % 2 ** 32) {
    throw damaged(name, {
      en: ` (its end declares ${grouped(declared)} bytes, it holds ${grouped(total)})`,
      zh: `（末尾声明有 ${grouped(declared)} 字节，实际有 ${grouped(total)} 字节）`,
    });
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

/** `why` stands in brackets, or is empty. */
function damaged(name: string, why: Text, options?: ErrorOptions): Error {
  const problem = {
    en: `the gzip data are damaged or cut off${why.en}; download or pack the file again`,
    zh: `gzip 数据已损坏或不完整${why.zh}；请重新下载或重新压缩该文件`,
  };
  return fileError(name, problem, options);
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
