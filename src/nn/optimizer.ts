import type { Shape, Tensor } from "../graph/tensor.ts";
import type { Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";

/** An optimizer is a value: its fields, and the update of one parameter as graph. */
export interface Optimizer<F extends Fields = Fields> {
  /** As it stands in the experiment: `adam`. */
  readonly kind: string;
  readonly label: Text;
  readonly help: Text;
  /** Its own numbers: every one is a live value. Learning rate, weight decay and clipping are the experiment's. */
  readonly fields: F;
  /** What to start from where nobody says. */
  readonly learningRate: number;
  /**
   * Where weight decay goes: "gradient" adds decay · parameter to the gradient (L2); "parameter" subtracts
   * rate · decay · parameter by itself (decoupled, as in AdamW).
   */
  readonly decay: "gradient" | "parameter";
  /** The parameter after the step. */
  update(context: UpdateContext<F>): Tensor;
}

export interface UpdateContext<F extends Fields = Fields> {
  readonly parameter: Tensor;
  /** Clipped, and with the weight decay where the optimizer wants it there. */
  readonly gradient: Tensor;
  /** The scheduled learning rate of this step. */
  readonly rate: Tensor;
  /** Steps with this one: 1, 2, 3, … as f32 scalar. */
  readonly time: Tensor;
  /** The optimizer's numbers as scalar variables, and its choices and flags as they are. */
  readonly options: { readonly [K in keyof F]: F[K] extends { kind: "number" } ? Tensor : Exclude<Value<F[K]>, never> };
  /** What the optimizer remembers of the parameter: a variable "<parameter> <name>", of the parameter's shape or another. */
  state(name: string, options?: { initial?: number; shape?: Shape }): OptimizerState;
}

type Value<F> = F extends { kind: "choice"; options: readonly (infer T)[] }
  ? T
  : F extends { kind: "flag" }
    ? boolean
    : number;

export interface OptimizerState {
  /** Before this step. */
  readonly value: Tensor;
  update(next: Tensor): void;
}

export function defineOptimizer<const F extends Fields>(optimizer: Optimizer<F>): Optimizer {
  return optimizer as unknown as Optimizer;
}
