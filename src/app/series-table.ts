import { GrowingColumn } from "./growing-column.ts";
import { type KeptOutline, Outline } from "./outline.ts";

const float32 = () => new GrowingColumn((length) => new Float32Array(length));
const float64 = () => new GrowingColumn((length) => new Float64Array(length));

/** One metric over the steps, as columns of equal length. `values` may hold NaN where it was not measured. */
export interface Columns {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly seconds: Float64Array<ArrayBuffer>;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Several metrics of the same steps. */
export class SeriesTable {
  readonly #steps = float64();
  readonly #seconds = float64();
  readonly #values = new Map<string, ReturnType<typeof float32>>();
  /** Of the metrics that were asked for; each catches up when it is. */
  readonly #outlines = new Map<string, Outline>();
  #isKept = false;

  static restore(kept: Readonly<Record<string, KeptOutline>>): SeriesTable {
    const table = new SeriesTable();
    const [first] = Object.values(kept);
    table.#isKept = true;
    if (first === undefined) return table;
    table.add(first.steps, first.seconds, new Map(Object.entries(kept).map(([name, { mean }]) => [name, mean])));
    for (const [name, outline] of Object.entries(kept)) table.#outlines.set(name, Outline.restore(outline));
    return table;
  }

  /** Whether this is what was kept of a run: its outlines, which do not grow any more. */
  get isKept(): boolean {
    return this.#isKept;
  }

  keep(): Record<string, KeptOutline> {
    return Object.fromEntries(this.names.map((name) => [name, (this.outline(name) as Outline).keep()]));
  }

  get names(): string[] {
    return [...this.#values.keys()];
  }

  /** 0 before the first. */
  get lastStep(): number {
    return this.#steps.values.at(-1) ?? 0;
  }

  get length(): number {
    return this.#steps.values.length;
  }

  columns(name: string): Columns | undefined {
    const values = this.#values.get(name)?.values;
    return values && { steps: this.#steps.values, seconds: this.#seconds.values, values };
  }

  outline(name: string): Outline | undefined {
    const columns = this.columns(name);
    if (columns === undefined) return undefined;
    let outline = this.#outlines.get(name);
    if (outline === undefined) {
      outline = new Outline();
      this.#outlines.set(name, outline);
    }
    if (!this.#isKept) outline.extend(columns);
    return outline;
  }

  add(steps: ArrayLike<number>, seconds: ArrayLike<number>, values: ReadonlyMap<string, ArrayLike<number>>): void {
    const before = this.length;
    this.#steps.push(steps);
    this.#seconds.push(seconds);
    for (const name of values.keys()) {
      // A metric that was asked for later has no values of earlier steps.
      if (!this.#values.has(name)) {
        const column = float32();
        column.push(new Float32Array(before).fill(Number.NaN));
        this.#values.set(name, column);
      }
    }
    for (const [name, column] of this.#values) {
      column.push(values.get(name) ?? new Float32Array(steps.length).fill(Number.NaN));
    }
  }

  /** Forgets what came after a step. */
  cutAfter(step: number): void {
    const length = this.#countTo(step);
    if (length === this.length) return;
    this.#steps.cut(length);
    this.#seconds.cut(length);
    for (const column of this.#values.values()) column.cut(length);
    this.#outlines.clear();
  }

  /** Time spent training when a step had come back. */
  secondsAt(step: number): number {
    return this.#seconds.values[this.#countTo(step) - 1] ?? 0;
  }

  /** How many entries are of steps up to this one. */
  #countTo(step: number): number {
    const steps = this.#steps.values;
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle] as number) <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
