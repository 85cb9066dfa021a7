import { refuse } from "./op.ts";
import type { Tensor, TensorType } from "./tensor.ts";

/**
 * What a random draw depends on, beside the position of the element: the experiment's seed, the step (or epoch), and
 * the stream, a number that sets one random op of the graph apart from the others. Seed and step are u32 scalars,
 * variables as a rule, so that a run restored from a checkpoint draws what the uninterrupted run would have drawn.
 */
export interface RandomKey {
  readonly seed: Tensor;
  readonly step: Tensor;
  /** Whole number in 0…2³² − 1. */
  readonly stream: number;
}

export interface StreamAttrs {
  readonly stream: number;
}

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/**
 * Threefry-2x32 with 20 rounds, bit for bit what `threefry` in shaders/functions/threefry.wgsl gives.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 */
export function threefry(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  const schedule = [key0, key1, key0 ^ key1 ^ 0x1bd11bda];
  let x0 = (counter0 + key0) >>> 0;
  let x1 = (counter1 + key1) >>> 0;
  for (let group = 1; group <= 5; group++) {
    for (const rotation of ROTATIONS[(group - 1) % 2] as (typeof ROTATIONS)[0]) {
      x0 = (x0 + x1) >>> 0;
      x1 = (((x1 << rotation) | (x1 >>> (32 - rotation))) ^ x0) >>> 0;
    }
    x0 = (x0 + (schedule[group % 3] as number)) >>> 0;
    x1 = (x1 + (schedule[(group + 1) % 3] as number) + group) >>> 0;
  }
  return [x0, x1];
}

/** The upper 24 bits as a number of [0, 1): each is exact in float32. */
export function unitInterval(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}

/**
 * A standard normal number of two words, by Box and Muller: √(−2 log u₀) · cos 2π(u₁ − ½), with u₀ of (0, 1] so that
 * log(0) never occurs.
 */
export function standardNormal(bits0: number, bits1: number): number {
  const radius = Math.sqrt(-2 * Math.log1p(-unitInterval(bits0)));
  return radius * Math.cos(2 * Math.PI * (unitInterval(bits1) - 0.5));
}

/** Turns of the Feistel network; even, so that both halves have as many. */
const TURNS = 12;

/**
 * A seeded bijection of 0…n − 1 at one position (taken modulo n), bit for bit what `permuted` in
 * shaders/functions/permutation.wgsl gives; see there.
 */
export function permuted(position: number, n: number, key0: number, key1: number): number {
  if (n < 2) return 0;
  const bits = 32 - Math.clz32(n - 1);
  let y = position % n;
  do y = feistel(y, bits, key0, key1);
  while (y >= n);
  return y;
}

function feistel(value: number, bits: number, key0: number, key1: number): number {
  const lowBits = (bits + 1) >> 1;
  const lowMask = 2 ** lowBits - 1;
  const highMask = 2 ** (bits - lowBits) - 1;
  let low = value & lowMask;
  let high = value >>> lowBits;
  for (let turn = 0; turn < TURNS; turn += 2) {
    high ^= threefry(key0, key1, low, turn)[0] & highMask;
    low ^= threefry(key0, key1, high, turn + 1)[0] & lowMask;
  }
  return ((high << lowBits) | low) >>> 0;
}

/** The shape rule of a random op for its key: two u32 scalars and a whole number. */
export function checkKey(seed: TensorType, step: TensorType, stream: number): void {
  for (const [name, { dtype, shape }] of Object.entries({ seed, step })) {
    if (dtype !== "u32" || shape.length !== 0) {
      refuse(`the ${name} is ${dtype} of shape [${shape.join(", ")}]; give a u32 scalar`);
    }
  }
  if (!Number.isInteger(stream) || stream < 0 || stream >= 2 ** 32) {
    refuse(`stream ${stream}; give a whole number of at least 0 and below 2³²`);
  }
}

/** WGSL of the key (seed, stream), from WGSL of the seed. */
export function keyExpression(seed: string, stream: number): string {
  return `vec2u(${seed}, ${stream}u)`;
}
