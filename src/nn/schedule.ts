import type { Tensor } from "../graph/tensor.ts";
import type { ConfigOf, Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";

/** A schedule is a value: how the learning rate goes with the steps, as graph. */
export interface Schedule<F extends Fields = Fields> {
  /** As it stands in the experiment: `cosine`. */
  readonly kind: string;
  readonly label: Text;
  readonly help: Text;
  readonly fields: F;
  /**
   * The factor of the learning rate at a step (f32 scalar, steps done since the end of the warm-up), as an f32 scalar.
   * `total` is the number of steps from the end of the warm-up to the end of the run.
   */
  factor(config: ConfigOf<F>, step: Tensor, total: number): Tensor;
}

export function defineSchedule<const F extends Fields>(schedule: Schedule<F>): Schedule {
  return schedule as unknown as Schedule;
}
