import type { Random } from "./random.ts";

/** A power of two. */
const VALUES = 2 ** 16;

/**
 * Normal noise for a great many pixels: drawing it once and starting elsewhere for each picture is ten times as fast
 * as drawing it for each pixel, and no one will see a difference.
 */
export class PixelNoise {
  readonly #values: Float32Array;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    this.#values = Float32Array.from({ length: VALUES }, () => random.normal());
  }

  /** Adds noise of this deviation to values from 0 to 1 and writes them as bytes, what is beyond 0 and 1 cut off. */
  write(values: Float32Array, deviation: number, bytes: Uint8Array, start: number): void {
    const first = this.#random.integer(VALUES);
    for (let k = 0; k < values.length; k++) {
      const value = (values[k] as number) + deviation * (this.#values[(first + k) & (VALUES - 1)] as number);
      // Half a step more, as bytes are cut off behind the point.
      bytes[start + k] = Math.min(Math.max(255 * value + 0.5, 0), 255);
    }
  }
}
