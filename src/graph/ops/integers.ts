import type { DType } from "../tensor.ts";

/** The value as the dtype holds it: integers wrap round at 32 bits as on the GPU; f32 stays as it is. */
export function wrap(value: number, dtype: DType): number {
  if (dtype === "f32") return value;
  return dtype === "i32" ? value | 0 : value >>> 0;
}

/** The product as the dtype holds it. The plain product of two 32-bit integers would not be exact in float64. */
export function multiply(a: number, b: number, dtype: DType): number {
  if (dtype === "f32") return a * b;
  return wrap(Math.imul(a, b), dtype);
}
