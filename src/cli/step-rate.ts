/** How far back the pace is measured, in milliseconds: long enough to be steady, short enough to follow changes. */
const WINDOW_MS = 10_000;

/** How fast the steps of the last seconds went. */
export class StepRate {
  readonly #marks: { readonly time: number; readonly step: number }[];

  /** `time` in milliseconds, as `performance.now()` counts them. */
  constructor(time: number, step = 0) {
    this.#marks = [{ time, step }];
  }

  /** That `step` steps were done at `time`. */
  mark(time: number, step: number): void {
    this.#marks.push({ time, step });
    while (this.#marks.length > 2 && time - (this.#marks[1] as { time: number }).time > WINDOW_MS) this.#marks.shift();
  }

  /** Undefined until a step is done. */
  get stepsPerSecond(): number | undefined {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const seconds = (last.time - first.time) / 1000;
    return seconds > 0 && last.step > first.step ? (last.step - first.step) / seconds : undefined;
  }
}
