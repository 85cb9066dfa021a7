import type { MetricsBatch } from "../train/protocol.ts";
import type { KeptOutline, Outline } from "./outline.ts";
import { type Columns, SeriesTable } from "./series-table.ts";

/** Which samples a series is of: the batch of each step, or all validation samples now and then. */
export type Part = "training" | "validation";

/** What of a run's metrics is kept when the page is left: every curve in at most 2000 pieces. */
export type KeptSeries = Readonly<Record<Part, Readonly<Record<string, KeptOutline>>>>;

/** The metrics of a run. They grow outside of React: screens look at them when they draw. */
export class RunSeries {
  readonly #tables: Readonly<Record<Part, SeriesTable>>;
  /** Grows with every change. */
  version = 0;

  constructor(tables = { training: new SeriesTable(), validation: new SeriesTable() }) {
    this.#tables = tables;
  }

  static restore({ training, validation }: KeptSeries): RunSeries {
    return new RunSeries({ training: SeriesTable.restore(training), validation: SeriesTable.restore(validation) });
  }

  /** The same in as little as is kept. */
  outlined(): RunSeries {
    const { training, validation } = this.#tables;
    return training.isKept && validation.isKept ? this : RunSeries.restore(this.keep());
  }

  keep(): KeptSeries {
    return { training: this.#tables.training.keep(), validation: this.#tables.validation.keep() };
  }

  /** Names of the metrics that there are values of. */
  names(part: Part): string[] {
    return this.#tables[part].names;
  }

  columns(part: Part, name: string): Columns | undefined {
    return this.#tables[part].columns(name);
  }

  /** The same in at most 2000 pieces. */
  outline(part: Part, name: string): Outline | undefined {
    return this.#tables[part].outline(name);
  }

  /** The last step there is a training value of; 0 before the first. */
  get lastStep(): number {
    return this.#tables.training.lastStep;
  }

  add({ steps, seconds, values }: MetricsBatch): void {
    this.#tables.training.add(steps, seconds, values);
    this.version++;
  }

  addValidation(step: number, metrics: Readonly<Record<string, number>>): void {
    const { training, validation } = this.#tables;
    const values = new Map(Object.entries(metrics).map(([name, value]) => [name, Float32Array.of(value)]));
    // The same step may be validated again, after a rewind or a pause.
    validation.cutAfter(step - 1);
    validation.add([step], [training.secondsAt(step)], values);
    this.version++;
  }

  /** Forgets what came after a step. */
  cutAfter(step: number): void {
    this.#tables.training.cutAfter(step);
    this.#tables.validation.cutAfter(step);
    this.version++;
  }

  /** The newest value of every metric; empty before the first. */
  latest(part: Part): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.names(part).flatMap((name) => {
        const value = this.columns(part, name)?.values.at(-1);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }
}
