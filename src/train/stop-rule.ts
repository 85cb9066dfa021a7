import type { StopConditions } from "../nn/experiment.ts";
import type { Metrics } from "./metric-sums.ts";

/** The stop conditions that look at validations: a value; what each validation makes of it is another. */
export class StopRule {
  readonly #conditions: StopConditions;
  readonly #best: number;
  readonly #sinceBest: number;
  /** True once a validation has met one. */
  readonly holds: boolean;

  constructor(conditions: StopConditions, best = Number.POSITIVE_INFINITY, sinceBest = 0, holds = false) {
    this.#conditions = conditions;
    this.#best = best;
    this.#sinceBest = sinceBest;
    this.holds = holds;
  }

  /** The same validations under other conditions, which none of them has met yet. */
  under(conditions: StopConditions): StopRule {
    return new StopRule(conditions, this.#best, this.#sinceBest);
  }

  /** The rule after one more validation. A loss that is no number is no lower than any. */
  after({ loss, accuracy }: Metrics): StopRule {
    const { loss: lossGoal, accuracy: accuracyGoal, patience } = this.#conditions;
    if (loss === undefined) return this;
    const improved = loss < this.#best;
    const sinceBest = improved ? 0 : this.#sinceBest + 1;
    const met =
      (lossGoal !== null && loss <= lossGoal) ||
      (accuracyGoal !== null && accuracy !== undefined && accuracy >= accuracyGoal) ||
      (patience !== null && sinceBest >= patience);
    return new StopRule(this.#conditions, improved ? loss : this.#best, sinceBest, this.holds || met);
  }
}
