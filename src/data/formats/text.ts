import { fileError, grouped } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";

const NEWLINE = 10;

/**
 * The text of a file in UTF-8, or in UTF-16 with its byte order mark; the mark is dropped, and lines end in "\n".
 * Throws "data" where the file is empty, longer than `maxBytes`, binary or in another encoding.
 */
export function readText({ name, bytes }: DataFile, maxBytes: number): string {
  if (bytes.length > maxBytes) {
    const [size, most] = [grouped(bytes.length), grouped(maxBytes)];
    throw fileError(name, {
      en: `has ${size} bytes, at most ${most} are read; choose a smaller file or a part of it`,
      zh: `有 ${size} 字节，最多只能读取 ${most} 字节；请选择更小的文件，或只取其中一部分`,
    });
  }
  const encoding = encodingOf(bytes);
  const text = decode(name, bytes, encoding).replace(/\r\n?/g, "\n");
  if (text.length === 0) {
    throw fileError(name, {
      en: "is empty; choose a file with text in it",
      zh: "文件是空的；请选择有内容的文件",
    });
  }
  refuseBinary(name, text);
  return text;
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

function decode(name: string, bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const line = encoding === "utf-8" ? grouped(badLine(bytes)) : undefined;
    const where = line === undefined ? { en: "the text", zh: "文本" } : { en: `line ${line}`, zh: `第 ${line} 行` };
    const label = encoding.toUpperCase();
    const problem = {
      en: `${where.en} is not valid ${label}: a binary file, or text in another encoding; choose a text file and save it as UTF-8`,
      zh: `${where.zh}不是有效的 ${label}：可能是二进制文件，或使用了其他编码；请选择文本文件，并以 UTF-8 保存`,
    };
    throw fileError(name, problem, { cause });
  }
}

/** The first line that is not UTF-8, from 1. The byte of "\n" is part of no longer sequence, so lines stand alone. */
function badLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      break;
    }
    start = end;
  }
  return line;
}

/** Text holds no control characters but those that set it: tab, line ends, form feed. */
function refuseBinary(name: string, text: string): void {
  let line = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === NEWLINE) line++;
    if (code >= 32 || (code >= 9 && code <= 13)) continue;
    const byte = `0x${code.toString(16).padStart(2, "0")}${code === 0 ? " (NUL)" : ""}`;
    throw fileError(name, {
      en: `line ${grouped(line)} has the control character ${byte}: a binary file, or UTF-16 without its mark; choose a text file and save it as UTF-8`,
      zh: `第 ${grouped(line)} 行含有控制字符 ${byte}：可能是二进制文件，或没有字节顺序标记的 UTF-16；请选择文本文件，并以 UTF-8 保存`,
    });
  }
}
