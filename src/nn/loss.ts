import type { Tensor } from "../graph/tensor.ts";
import type { ConfigOf, Fields } from "../schema/field.ts";
import type { Text } from "../schema/text.ts";
import type { Layer } from "./layer.ts";
import type { Repair } from "./model-error.ts";

/** A loss is a value: its fields and its graph. */
export interface Loss<F extends Fields = Fields> {
  /** As it stands in the experiment: `categoricalCrossentropy`. */
  readonly kind: string;
  readonly label: Text;
  readonly help: Text;
  /** What it compares: labels (i32 targets), numbers (f32 targets), or either. */
  readonly of: "labels" | "numbers" | "any";
  readonly fields: F;
  build(config: ConfigOf<F>, output: Tensor, target: Tensor, context: LossContext): LossValues;
  /** Whether it is, of labels, a plain cross-entropy in nats, so that its exponential is a perplexity. Left out: no. */
  isCrossEntropy?(config: ConfigOf<F>): boolean;
  /** What an output says of numbers in the target's own terms, where it is not the number itself: of a logit, its sigmoid. */
  prediction?(output: Tensor): Tensor;
}

/** Losses one by one: a step minimises Σ values / Σ weights, and an evaluation adds both up over its batches. */
export interface LossValues {
  /** (B, …): 0 where the weight is. */
  readonly values: Tensor;
  /** 1 where a value counts, 0 where it does not, of the same shape; left out where all count. */
  readonly weights?: Tensor;
}

export interface LossContext {
  /** Classes that labels tell apart; undefined where the target is of numbers. */
  readonly classes: number | undefined;
  /** Whether some labels are −1, and do not count. */
  readonly gaps: boolean;
  /** The least and the largest number of the target in the training samples; asked of a target of numbers only. */
  targetRange(): readonly [least: number, largest: number];
  /** The model's last layer. */
  readonly last: { readonly layer: Layer; readonly config: Readonly<Record<string, unknown>> };
  /** Ends the build: the output does not fit the target. The repairs are of the last layer. */
  refuse(problem: Text, ...repairs: readonly Repair[]): never;
}

export function defineLoss<const F extends Fields>(loss: Loss<F>): Loss {
  return loss as unknown as Loss;
}
