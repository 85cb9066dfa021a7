import { softmaxCrossEntropyEach } from "../../graph/ops/softmax-cross-entropy.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { LossContext, LossValues } from "../loss.ts";
import { labelWeights, NO_LABEL } from "./label-weights.ts";
import { requireClasses } from "./output-check.ts";
import { beforeSoftmax } from "./undo-activation.ts";

/**
 * -Σ target · log softmax(logits) for each label, in nats; a label of -1 does not count. output: logits (B, …, C) f32, or
 * their softmax; labels: (B, …) i32. `smoothing` is the share of each label that is spread evenly over all classes.
 */
export function classCrossEntropy(output: Tensor, labels: Tensor, smoothing: number, context: LossContext): LossValues {
  requireClasses(output, labels, context);
  const logits = beforeSoftmax(output);
  if (!context.gaps) return { values: softmaxCrossEntropyEach(logits, labels, { smoothing }) };
  const values = softmaxCrossEntropyEach(logits, labels, { smoothing, ignored: NO_LABEL });
  return { values, weights: labelWeights(labels) };
}
