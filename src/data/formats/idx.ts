import type { Text } from "../../schema/text.ts";
import { fileError, grouped } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";
import { gunzip, isGzip } from "./gzip.ts";

/** An array of bytes, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array<ArrayBuffer>;
}

/** The largest known file, EMNIST by class, has 547 million bytes. */
const MAX_BYTES = 2 ** 30;

const UNSIGNED_BYTES = 0x08;

const TYPES: ReadonlyMap<number, Text> = new Map([
  [UNSIGNED_BYTES, { en: "unsigned bytes", zh: "无符号字节" }],
  [0x09, { en: "signed bytes", zh: "有符号字节" }],
  [0x0b, { en: "16-bit integers", zh: " 16 位整数" }],
  [0x0c, { en: "32-bit integers", zh: " 32 位整数" }],
  [0x0d, { en: "32-bit floats", zh: " 32 位浮点数" }],
  [0x0e, { en: "64-bit floats", zh: " 64 位浮点数" }],
]);

/**
 * The array of an IDX file of unsigned bytes, plain or gzip. Values are a view of the file's bytes: the sizes in its
 * header allocate nothing. Throws "data" where the file is no IDX file of `rank` dimensions, all of at least 1, or
 * where header and length disagree.
 * Source of the format: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
 */
export async function readIdx(file: DataFile, rank: number): Promise<IdxArray> {
  const { name } = file;
  const bytes = isGzip(file.bytes) ? await gunzip(file, MAX_BYTES) : file.bytes;
  if (bytes.length < 4) {
    throw fileError(name, {
      en: `has ${bytes.length} bytes, too few for an IDX file; choose another file or get it again`,
      zh: `只有 ${bytes.length} 字节，不足以构成 IDX 文件；请选择其他文件，或重新获取`,
    });
  }
  checkMagic(name, bytes, rank);
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw fileError(name, {
      en: `is cut off: its header of ${rank} dimensions takes ${header} bytes, there are ${bytes.length}; get the file again`,
      zh: `文件不完整：${rank} 个维度的文件头需要 ${header} 字节，却只有 ${bytes.length} 字节；请重新获取该文件`,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  checkSizes(name, shape, bytes.length - header);
  return { shape, values: bytes.subarray(header) };
}

function checkMagic(name: string, bytes: Uint8Array, rank: number): void {
  const [zero0, zero1, type, dimensions] = bytes as unknown as [number, number, number, number];
  const typeName = TYPES.get(type);
  if (zero0 !== 0 || zero1 !== 0 || typeName === undefined) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const expected = `00 00 08 ${rank.toString(16).padStart(2, "0")}`;
    throw fileError(name, {
      en: `is no IDX file: it begins with the bytes "${start}", not "${expected}"; choose another file`,
      zh: `不是 IDX 文件：开头的字节是“${start}”，而不是“${expected}”；请选择其他文件`,
    });
  }
  if (type !== UNSIGNED_BYTES) {
    throw fileError(name, {
      en: `holds ${typeName.en}; only unsigned bytes (0 to 255) are read, so save it as those`,
      zh: `其中的值是${typeName.zh}；只能读取无符号字节（0 到 255），请以该类型保存`,
    });
  }
  if (dimensions !== rank) {
    throw fileError(name, {
      en: `has ${dimensions} dimensions instead of ${rank} (images have 3 dimensions, labels 1); choose the right file`,
      zh: `有 ${dimensions} 个维度，而不是 ${rank} 个（图像有 3 个维度，标签有 1 个）；请选择正确的文件`,
    });
  }
}

function checkSizes(name: string, shape: readonly number[], bytes: number): void {
  const sizes = shape.map(grouped).join(" × ");
  if (shape.includes(0)) {
    throw fileError(name, {
      en: `is empty: its header declares ${sizes} values; choose another file`,
      zh: `文件是空的：文件头声明有 ${sizes} 个值；请选择其他文件`,
    });
  }
  // Each factor is below 2³²; a product past 2⁵³ is inexact, but still larger than any file.
  const declared = shape.reduce((product, size) => product * size, 1);
  if (declared > bytes) {
    throw fileError(name, {
      en: `is cut off, or its header is wrong: it declares ${sizes} bytes, ${grouped(bytes)} follow; get the file again`,
      zh: `文件不完整，或文件头有误：声明有 ${sizes} 字节，其后却只有 ${grouped(bytes)} 字节；请重新获取该文件`,
    });
  }
  if (declared < bytes) {
    const surplus = grouped(bytes - declared);
    throw fileError(name, {
      en: `declares ${sizes} bytes, but ${grouped(bytes)} follow: ${surplus} too many; get the file again`,
      zh: `声明有 ${sizes} 字节，其后却有 ${grouped(bytes)} 字节，多出 ${surplus} 字节；请重新获取该文件`,
    });
  }
}
