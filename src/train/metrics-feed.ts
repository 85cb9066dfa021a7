import type { StepMetrics } from "../graph/run-options.ts";
import type { MetricsBatch } from "./protocol.ts";

/** The page gets news at most so often, in milliseconds. */
const INTERVAL_MS = 1000 / 30;

/** Collects the metrics of steps, and passes them on as columns, not more often than a screen can use them. */
export class MetricsFeed {
  readonly #pass: (batch: MetricsBatch) => void;
  #rows: StepMetrics[] = [];
  #seconds: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #passedAt = Number.NEGATIVE_INFINITY;
  /** Time spent training before this stretch, in seconds. */
  #spent = 0;
  #since: number | undefined;
  #last = 0;

  constructor(pass: (batch: MetricsBatch) => void) {
    this.#pass = pass;
  }

  /** The clock runs while it trains. */
  start(): void {
    this.#since ??= performance.now();
  }

  /** Stops the clock, and passes on what is left. */
  stop(): void {
    this.#spent = this.#now();
    this.#since = undefined;
    this.flush();
  }

  /** Forgets what was collected, and sets the clock to 0. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rows = [];
    this.#seconds = [];
    this.#spent = 0;
    this.#last = 0;
    if (this.#since !== undefined) this.#since = performance.now();
  }

  /** Takes the steps of a submit, which are spread evenly over the time since the one before. */
  add(rows: readonly StepMetrics[]): void {
    const now = this.#now();
    for (const [k, row] of rows.entries()) {
      this.#rows.push(row);
      this.#seconds.push(this.#last + ((now - this.#last) * (k + 1)) / rows.length);
    }
    this.#last = now;
    const wait = this.#passedAt + INTERVAL_MS - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [first] = this.#rows;
    if (first === undefined) return;
    const names = Object.keys(first).filter((name) => name !== "step");
    this.#pass({
      steps: Float64Array.from(this.#rows, ({ step }) => step),
      seconds: Float64Array.from(this.#seconds),
      values: new Map(names.map((name) => [name, Float32Array.from(this.#rows, (row) => row[name] as number)])),
    });
    this.#rows = [];
    this.#seconds = [];
    this.#passedAt = performance.now();
  }

  #now(): number {
    return this.#spent + (this.#since === undefined ? 0 : (performance.now() - this.#since) / 1000);
  }
}
