/** An outline has at most so many pieces. Even, because pieces are merged in pairs. */
export const MAX_PIECES = 2000;

/** One metric over the steps, as columns of equal length. `values` may hold NaN where it was not measured. */
export interface SeriesColumns {
  readonly steps: ArrayLike<number>;
  readonly seconds: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** What of an outline is kept when the page is left. */
export interface KeptOutline {
  readonly width: number;
  readonly steps: Float64Array<ArrayBuffer>;
  readonly seconds: Float64Array<ArrayBuffer>;
  readonly least: Float32Array<ArrayBuffer>;
  readonly largest: Float32Array<ArrayBuffer>;
  readonly mean: Float32Array<ArrayBuffer>;
}

/**
 * A curve of any length in at most 2000 pieces, each with the least, the largest and the mean of as many entries in a
 * row. When there are too many pieces, every two become one: what is appended costs the same after a million steps as
 * after ten, and drawing never looks at more than the pieces.
 */
export class Outline {
  /** Pieces in use. */
  length = 0;
  /** Entries in each piece but the last. */
  width = 1;
  /** Of the last entry of each piece. */
  readonly steps = new Float64Array(MAX_PIECES);
  readonly seconds = new Float64Array(MAX_PIECES);
  /** Of the finite values of each piece; NaN where there are none. */
  readonly least = new Float32Array(MAX_PIECES);
  readonly largest = new Float32Array(MAX_PIECES);
  readonly #sums = new Float64Array(MAX_PIECES);
  readonly #counts = new Float64Array(MAX_PIECES);
  /** Entries taken in so far. */
  #taken = 0;

  static restore({ width, steps, seconds, least, largest, mean }: KeptOutline): Outline {
    const outline = new Outline();
    outline.length = steps.length;
    outline.width = width;
    outline.steps.set(steps);
    outline.seconds.set(seconds);
    outline.least.set(least);
    outline.largest.set(largest);
    for (const [k, value] of mean.entries()) {
      outline.#counts[k] = Number.isFinite(value) ? 1 : 0;
      outline.#sums[k] = Number.isFinite(value) ? value : 0;
    }
    return outline;
  }

  /** NaN where nothing was measured. */
  mean(piece: number): number {
    return (this.#sums[piece] as number) / (this.#counts[piece] as number);
  }

  /** Takes in the entries that are new since the last time. */
  extend({ steps, seconds, values }: SeriesColumns): void {
    for (let k = this.#taken; k < values.length; k++) {
      this.#append(steps[k] as number, seconds[k] as number, values[k] as number);
    }
    this.#taken = values.length;
  }

  keep(): KeptOutline {
    return {
      width: this.width,
      steps: this.steps.slice(0, this.length),
      seconds: this.seconds.slice(0, this.length),
      least: this.least.slice(0, this.length),
      largest: this.largest.slice(0, this.length),
      mean: Float32Array.from({ length: this.length }, (_, k) => this.mean(k)),
    };
  }

  /** Entries in the last piece. */
  #filled = 0;

  #append(step: number, second: number, value: number): void {
    if (this.length === 0 || this.#filled === this.width) this.#open();
    const last = this.length - 1;
    this.#filled++;
    this.steps[last] = step;
    this.seconds[last] = second;
    if (!Number.isFinite(value)) return;
    const isFirst = this.#counts[last] === 0;
    if (isFirst || value < (this.least[last] as number)) this.least[last] = value;
    if (isFirst || value > (this.largest[last] as number)) this.largest[last] = value;
    this.#sums[last] = (this.#sums[last] as number) + value;
    this.#counts[last] = (this.#counts[last] as number) + 1;
  }

  #open(): void {
    if (this.length === MAX_PIECES) this.#merge();
    // After merging, the last piece has twice the entries and is full again.
    const next = this.length++;
    this.#filled = 0;
    this.least[next] = Number.NaN;
    this.largest[next] = Number.NaN;
    this.#sums[next] = 0;
    this.#counts[next] = 0;
  }

  #merge(): void {
    for (let k = 0; k < MAX_PIECES / 2; k++) {
      const [a, b] = [2 * k, 2 * k + 1];
      const [hasA, hasB] = [this.#counts[a] !== 0, this.#counts[b] !== 0];
      this.steps[k] = this.steps[b] as number;
      this.seconds[k] = this.seconds[b] as number;
      this.least[k] = extreme(Math.min, this.least, hasA ? a : b, hasB ? b : a);
      this.largest[k] = extreme(Math.max, this.largest, hasA ? a : b, hasB ? b : a);
      this.#sums[k] = (this.#sums[a] as number) + (this.#sums[b] as number);
      this.#counts[k] = (this.#counts[a] as number) + (this.#counts[b] as number);
    }
    this.length = MAX_PIECES / 2;
    this.width *= 2;
  }
}

function extreme(of: (a: number, b: number) => number, values: Float32Array, a: number, b: number): number {
  return of(values[a] as number, values[b] as number);
}
