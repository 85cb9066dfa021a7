import { hash } from "../../src/nn/initializer.ts";

// Numbers that both the tests and fixtures/write-trajectories.py compute from a name, so that no weights need be kept.

/** Park and Miller's generator, seeded by a name: `count` numbers of [0, 1). */
export function numbers(name: string, count: number): Float64Array {
  let state = 1 + (hash(name) % 2147483646);
  return Float64Array.from({ length: count }, () => {
    // 48271 · 2³¹ is below 2⁵³: exact.
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
}

/** Spread evenly within around ± scale. */
export function spread(name: string, count: number, scale: number, around = 0): Float32Array<ArrayBuffer> {
  return Float32Array.from(numbers(name, count), (u) => around + (2 * u - 1) * scale);
}

/** Whole numbers of 0 … below − 1. */
export function whole(name: string, count: number, below: number): Int32Array<ArrayBuffer> {
  return Int32Array.from(numbers(name, count), (u) => Math.trunc(u * below));
}
