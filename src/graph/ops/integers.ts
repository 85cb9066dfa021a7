import { refuse } from "../op.ts";
import type { DType } from "../tensor.ts";

/** Refuses a number that an element of the dtype cannot be; f32 takes every number. */
export function requireValue(value: number, dtype: DType): void {
  if (dtype === "f32") return;
  const [low, high] = dtype === "i32" ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1];
  if (Number.isInteger(value) && value >= low && value <= high) return;
  const name = dtype === "i32" ? "an i32" : "a u32";
  refuse(`${value} is not ${name}; give a whole number from ${low} to ${high}, or cast the tensor it goes with to f32`);
}

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
