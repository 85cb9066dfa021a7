import type { NdArray } from "../../src/graph/nd-array.ts";
import { formatShape, type Shape, sameShape } from "../../src/graph/tensor.ts";
import type { Tolerance } from "./row.ts";

/** Below this float32 is subnormal, and WGSL lets an implementation flush it to zero. */
const MIN_NORMAL_BITS = 0x00800000;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * Place of a float32 on the number line that flushes subnormals: 0 for ±0 and subnormals, 1 for the smallest normal,
 * one more for each further value, infinity one past the largest. Negative values mirror it.
 */
function ordinal(value: number): number {
  float[0] = value;
  const magnitude = (bits[0] as number) & 0x7fffffff;
  const steps = magnitude < MIN_NORMAL_BITS ? 0 : magnitude - MIN_NORMAL_BITS + 1;
  return (bits[0] as number) >>> 31 === 1 ? -steps : steps;
}

/**
 * Distance of two numbers in units in the last place of float32, each rounded to float32 first. Past the largest
 * float32 is infinity. NaN is 0 from NaN and infinitely far from everything else.
 */
export function ulpDistance(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(ordinal(a) - ordinal(b));
}

/**
 * Whether a float32 value is the float64 reference within the ULPs or the absolute distance. NaN and infinities match
 * by class: an infinity is near a finite value only where the ULPs reach past float32's maximum.
 */
export function isClose(actual: number, expected: number, { ulp, absolute = 0 }: Tolerance): boolean {
  if (ulpDistance(actual, expected) <= ulp) return true;
  return Math.abs(Math.fround(actual) - Math.fround(expected)) <= absolute; // false for NaN and infinities
}

/** As engine.md has it for gradients: |actual − expected| ≤ atol + rtol·|expected|; NaN and infinities by class. */
export function isRelativelyClose(actual: number, expected: number, rtol: number, atol: number): boolean {
  if (ulpDistance(actual, expected) === 0) return true;
  const bound = atol + rtol * Math.abs(Math.fround(expected));
  return Number.isFinite(bound) && Math.abs(actual - expected) <= bound;
}

/** How many mismatches a message spells out; the rest are counted. */
const SHOWN = 3;

/**
 * Compares a tensor from the GPU with its reference. Gives one message for all that does not match, undefined where
 * everything does. i32 and u32 must be equal. `flushed` is the reference of the same inputs with their subnormals
 * flushed to zero, as WGSL allows; an element may match either.
 */
export function mismatch(
  actual: NdArray,
  expected: NdArray,
  close: (actual: number, expected: number) => boolean,
  flushed: NdArray = expected,
): string | undefined {
  if (!sameShape(actual.shape, expected.shape)) {
    return `shape ${formatShape(actual.shape)} on the GPU, ${formatShape(expected.shape)} in the reference`;
  }
  if (actual.dtype !== expected.dtype) return `dtype ${actual.dtype} on the GPU, ${expected.dtype} in the reference`;
  const matches = expected.dtype === "f32" ? close : (a: number, b: number) => a === b;
  const found: string[] = [];
  let count = 0;
  for (const [position, value] of actual.data.entries()) {
    if (matches(value, expected.at(position)) || matches(value, flushed.at(position))) continue;
    count++;
    if (found.length < SHOWN) found.push(describe(value, expected, position));
  }
  if (count === 0) return undefined;
  const rest = count > found.length ? `; ${count} of ${actual.data.length} elements are off` : "";
  return found.join("; ") + rest;
}

function describe(actual: number, expected: NdArray, position: number): string {
  const value = expected.dtype === "f32" ? Math.fround(expected.at(position)) : expected.at(position);
  const distance = expected.dtype === "f32" ? `, ${ulpDistance(actual, value)} ULP apart` : "";
  const where = `[${coordinatesOf(position, expected.shape).join(", ")}]`;
  return `at ${where} ${actual} on the GPU, ${value} in the reference${distance}`;
}

function coordinatesOf(position: number, shape: Shape): number[] {
  const coordinates: number[] = [];
  let rest = position;
  for (const dimension of [...shape].reverse()) {
    coordinates.unshift(rest % dimension);
    rest = Math.floor(rest / dimension);
  }
  return coordinates;
}
