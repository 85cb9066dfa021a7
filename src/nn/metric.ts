import type { Tensor } from "../graph/tensor.ts";
import type { Text } from "../schema/text.ts";

/**
 * A metric is made of sums over the samples, so that those of a batch, and of all batches of an evaluation, are
 * computed alike: the graph gives the sums, JavaScript their quotient.
 */
export interface Metric {
  /** As it stands in the experiment: `accuracy`. */
  readonly kind: string;
  readonly label: Text;
  readonly help: Text;
  /** Whether more is better. */
  readonly better: "higher" | "lower";
  /** What the metric is of: labels (i32 targets), numbers (f32 targets), or anything. */
  readonly of: "labels" | "numbers" | "any";
  /** Whether it is made of the loss, and says something only where that is a plain cross-entropy. */
  readonly ofCrossEntropy?: boolean;
  /** Scalars that add up over batches. */
  sums(input: MetricInput): Readonly<Record<string, Tensor>>;
  /** The metric, from the sums added up. */
  value(sums: Readonly<Record<string, number>>): number;
}

export interface MetricInput {
  /** What the model gives: logits (B, …, C) for labels; numbers (B, …) in the target's own terms otherwise. */
  readonly output: Tensor;
  readonly target: Tensor;
  /** Whether some labels are −1, and do not count. */
  readonly gaps: boolean;
  /** (B): 1 where a sample counts, 0 where a last batch is only filled up; left out where all count. */
  readonly samples: Tensor | undefined;
  /** Σ of the loss's values and of its weights. */
  readonly lossSum: Tensor;
  readonly lossCount: Tensor;
}
