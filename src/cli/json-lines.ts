import type { Output, PlanReport, RunResult, StepMetrics } from "./output.ts";

/** The run for programs: one JSON object a line. A number that is not finite becomes null, as JSON has none. */
export class JsonLines implements Output {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  plan({ adapter, parameters, dispatchesPerStep, peakBytes }: PlanReport): void {
    this.#event("plan", { adapter, parameters, dispatchesPerStep, peakBytes });
  }

  metrics(rows: readonly StepMetrics[]): void {
    this.#write(rows.map(({ step, ...metrics }) => lineOf("metrics", { step, ...metrics })).join(""));
  }

  validation({ step, ...metrics }: StepMetrics): void {
    this.#event("validation", { step, ...metrics });
  }

  done({ steps, loss, validation, stepsPerSecond, submits }: Parameters<Output["done"]>[0]): void {
    this.#event("done", { steps, loss, validation, stepsPerSecond, submits });
  }

  stopped({ steps, loss, stepsPerSecond, submits }: RunResult): void {
    this.#event("stopped", { steps, loss, stepsPerSecond, submits });
  }

  preparing(): void {}
  saved(): void {}
  end(): void {}

  #event(event: string, values: object): void {
    this.#write(lineOf(event, values));
  }
}

function lineOf(event: string, values: object): string {
  return `${JSON.stringify({ event, ...values })}\n`;
}
