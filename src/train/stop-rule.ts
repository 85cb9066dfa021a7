import type { StopConditions } from "../nn/experiment.ts";
import type { Metrics } from "./metric-sums.ts";

/** The stop conditions that look at validations. */
export class StopRule {
  readonly #conditions: StopConditions;
  #best = Number.POSITIVE_INFINITY;
  #sinceBest = 0;
  #holds = false;

  constructor(conditions: StopConditions) {
    this.#conditions = conditions;
  }

  /** True once a validation has met one. */
  get holds(): boolean {
    return this.#holds;
  }

  see({ loss, accuracy }: Metrics): void {
    const { loss: lossGoal, accuracy: accuracyGoal, patience } = this.#conditions;
    if (loss === undefined) return;
    this.#sinceBest = loss < this.#best ? 0 : this.#sinceBest + 1;
    this.#best = Math.min(this.#best, loss);
    this.#holds ||=
      (lossGoal !== null && loss <= lossGoal) ||
      (accuracyGoal !== null && accuracy !== undefined && accuracy >= accuracyGoal) ||
      (patience !== null && this.#sinceBest >= patience);
  }

  reset(): void {
    this.#best = Number.POSITIVE_INFINITY;
    this.#sinceBest = 0;
    this.#holds = false;
  }
}
