import { fileError, grouped } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";

const NEWLINE = 10;

/**
 * The text of a file in UTF-8, or in UTF-16 with its byte order mark; the mark is dropped, and lines end in "\n".
 * Throws "data" where the file is empty, longer than `maxBytes`, binary or in another encoding.
 */
export function readText({ name, bytes }: DataFile, maxBytes: number): string {
  if (bytes.length > maxBytes) {
    const problem = `has ${grouped(bytes.length)} bytes, at most ${grouped(maxBytes)} are read`;
    throw fileError(name, `${problem}; choose a smaller file or a part of it`);
  }
  const encoding = encodingOf(bytes);
  const text = decode(name, bytes, encoding).replace(/\r\n?/g, "\n");
  if (text.length === 0) throw fileError(name, "is empty; choose a file with text in it");
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
    const where = encoding === "utf-8" ? `line ${grouped(badLine(bytes))} is` : "the text is";
    const problem = `${where} not valid ${encoding.toUpperCase()}: a binary file, or text in another encoding`;
    throw fileError(name, `${problem}; choose a text file and save it as UTF-8`, { cause });
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
    const problem = `line ${grouped(line)} has the control character ${byte}: a binary file, or UTF-16 without its mark`;
    throw fileError(name, `${problem}; choose a text file and save it as UTF-8`);
  }
}
