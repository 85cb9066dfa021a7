import type { DType } from "./tensor.ts";

/** Values of a tensor as JavaScript holds them. */
export type Values = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const ARRAYS = { f32: Float32Array, i32: Int32Array, u32: Uint32Array } satisfies Record<DType, unknown>;

/** The kind of array that holds values of a dtype. */
export function arrayOf(dtype: DType): (typeof ARRAYS)[DType] {
  return ARRAYS[dtype];
}

/** The values in an array of their dtype's kind: the same one where it is already. */
export function typed(dtype: DType, values: ArrayLike<number>): Values {
  const array = ARRAYS[dtype];
  return values instanceof array ? (values as Values) : (array.from(values) as Values);
}

/** The bytes as values, not copied. */
export function view(dtype: DType, bytes: ArrayBuffer): Values {
  return new ARRAYS[dtype](bytes);
}
