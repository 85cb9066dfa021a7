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

const TYPES: ReadonlyMap<number, string> = new Map([
  [0x08, "unsigned bytes"],
  [0x09, "signed bytes"],
  [0x0b, "16-bit integers"],
  [0x0c, "32-bit integers"],
  [0x0d, "32-bit floats"],
  [0x0e, "64-bit floats"],
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
    throw fileError(name, `has ${bytes.length} bytes, too few for an IDX file; choose another file or get it again`);
  }
  checkMagic(name, bytes, rank);
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    const lacks = `is cut off: its header of ${rank} dimensions takes ${header} bytes, there are ${bytes.length}`;
    throw fileError(name, `${lacks}; get the file again`);
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
    throw fileError(
      name,
      `is no IDX file: it begins with the bytes "${start}", not "${expected}"; choose another file`,
    );
  }
  if (typeName !== "unsigned bytes") {
    throw fileError(name, `holds ${typeName}; only unsigned bytes (0 to 255) are read, so save it as those`);
  }
  if (dimensions !== rank) {
    const kinds = "images have 3 dimensions, labels 1";
    throw fileError(name, `has ${dimensions} dimensions instead of ${rank} (${kinds}); choose the right file`);
  }
}

function checkSizes(name: string, shape: readonly number[], bytes: number): void {
  const sizes = shape.map(grouped).join(" × ");
  if (shape.includes(0)) throw fileError(name, `is empty: its header declares ${sizes} values; choose another file`);
  // Each factor is below 2³²; a product past 2⁵³ is inexact, but still larger than any file.
  const declared = shape.reduce((product, size) => product * size, 1);
  if (declared > bytes) {
    const problem = `is cut off, or its header is wrong: it declares ${sizes} bytes, ${grouped(bytes)} follow`;
    throw fileError(name, `${problem}; get the file again`);
  }
  if (declared < bytes) {
    const problem = `declares ${sizes} bytes, but ${grouped(bytes)} follow: ${grouped(bytes - declared)} too many`;
    throw fileError(name, `${problem}; get the file again`);
  }
}
