import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";

/**
 * Random numbers that depend only on a seed and on the name of the stream they are drawn from. Streams with different
 * names do not depend on each other: drawing more from one leaves the others as they were.
 */
export class Random {
  readonly #generator: JumpableRandomGenerator;

  /** `seed`: a whole number from 0 to 2⁵³ − 1. */
  constructor(seed: number, stream: string) {
    const name = hash(stream);
    const low = scramble(seed | 0);
    const high = scramble((Math.floor(seed / 2 ** 32) ^ 0x9e3779b9) | 0);
    // The 1 keeps the state from being all 0, from which the generator would never leave.
    this.#generator = xoroshiro128plusFromState([low, high ^ name, scramble(name ^ low), scramble(name + high) | 1]);
    // Close seeds give close states; the generator needs a few rounds to take them apart.
    for (let round = 0; round < 16; round++) this.#generator.next();
  }

  /** A number from `low` up to, but not including, `high`. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.#generator);
  }

  /** A number from the normal distribution, by Box and Muller (1958). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(this.#generator)));
    return mean + deviation * radius * Math.cos(2 * Math.PI * uniformFloat64(this.#generator));
  }

  /** A whole number from 0 to `below` − 1, each as likely as the others. */
  integer(below: number): number {
    return uniformInt(this.#generator, 0, below - 1);
  }

  /** One of the values, each as likely as the others; there must be one. */
  pick<T>(values: readonly T[]): T {
    return values[this.integer(values.length)] as T;
  }

  /** Puts the values into random order, in place (Fisher and Yates), and returns them. */
  shuffle<T extends { readonly length: number; [position: number]: unknown }>(values: T): T {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const value = values[last];
      values[last] = values[other];
      values[other] = value;
    }
    return values;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) bits = Math.imul(bits ^ text.charCodeAt(k), 0x01000193);
  return bits;
}

/** MurmurHash3's last step: each bit of the input changes about half of the 32 bits of the output. */
function scramble(bits: number): number {
  const first = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
