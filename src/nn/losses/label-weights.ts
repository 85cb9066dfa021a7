import { cast } from "../../graph/ops/cast.ts";
import { mul } from "../../graph/ops/mul.ts";
import { notEqual } from "../../graph/ops/not-equal.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { LossContext, LossValues } from "../loss.ts";

/** The label of a position that does not count, such as padding. */
export const NO_LABEL = -1;

/** 1 (f32) for each label that counts, 0 for the others. labels: (B, …) i32. */
export function labelWeights(labels: Tensor): Tensor {
  return cast(notEqual(labels, NO_LABEL), "f32");
}

/** The losses of labels, those that do not count left out; in the shape of the labels. */
export function ofLabels(values: Tensor, labels: Tensor, { gaps }: LossContext): LossValues {
  if (!gaps) return { values };
  const weights = labelWeights(labels);
  return { values: mul(values, weights), weights };
}
