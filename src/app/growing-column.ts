type Values = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Numbers that grow at their end, in memory that doubles. */
export class GrowingColumn<A extends Values> {
  #values: A;
  #length = 0;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#values = make(1024);
  }

  get values(): A {
    return this.#values.subarray(0, this.#length) as A;
  }

  push(more: ArrayLike<number>): void {
    const needed = this.#length + more.length;
    if (needed > this.#values.length) {
      const larger = this.#make(Math.max(needed, 2 * this.#values.length));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(more, this.#length);
    this.#length = needed;
  }

  cut(length: number): void {
    this.#length = Math.min(this.#length, length);
  }
}
