import { cast } from "../../graph/ops/cast.ts";
import { constant } from "../../graph/ops/constant.ts";
import { equal } from "../../graph/ops/equal.ts";
import { greater } from "../../graph/ops/greater.ts";
import { greaterEqual } from "../../graph/ops/greater-equal.ts";
import { iota } from "../../graph/ops/iota.ts";
import { less } from "../../graph/ops/less.ts";
import { logicalAnd } from "../../graph/ops/logical-and.ts";
import { logicalOr } from "../../graph/ops/logical-or.ts";
import { mul } from "../../graph/ops/mul.ts";
import { notEqual } from "../../graph/ops/not-equal.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import { unsqueeze } from "../../graph/ops/unsqueeze.ts";
import { where } from "../../graph/ops/where.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { labelWeights } from "../losses/label-weights.ts";
import { isSingleScore } from "../losses/output-check.ts";
import { beforeSigmoid } from "../losses/undo-activation.ts";
import type { MetricInput } from "../metric.ts";

/**
 * How many classes the model puts before each label, in the labels' shape, u32: 0 where the label is its answer. The
 * answer is the first of the largest scores, as argmax has it; a class whose score is NaN comes before all. With a
 * single logit for each label the answer is 1 where the logit is above 0, else 0.
 *
 * Counted and not by way of argmax, so that one dispatch serves the first answer and the first five alike.
 */
export function labelRank({ output, target: labels }: Pick<MetricInput, "output" | "target">): Tensor {
  if (isSingleScore(output, labels)) {
    const answer = greater(reshape(beforeSigmoid(output), labels.shape), 0);
    return notEqual(cast(answer, labels.dtype), labels);
  }
  const place = iota([output.shape.at(-1) as number], labels.dtype);
  const label = unsqueeze(labels, -1);
  const own = sum(where(equal(place, label), output, 0), -1, true);
  const isLater = greaterEqual(place, label);
  const isBehind = logicalOr(less(output, own), logicalAnd(equal(output, own), isLater));
  return sum(sub(1, isBehind), -1);
}

/** 1 for each label that counts, 0 for the label -1 and for samples that only fill up a batch, in the labels' shape. */
export function countedLabels({
  target: labels,
  gaps,
  samples,
}: Pick<MetricInput, "target" | "gaps" | "samples">): Tensor {
  const weights = gaps ? labelWeights(labels) : constant(1, labels.shape);
  return samples === undefined ? weights : mul(weights, perSample(samples, labels.shape.length));
}

/** Numbers of samples, (B), with axes of size 1 up to a rank, so that they broadcast over each sample. */
export function perSample(samples: Tensor, rank: number): Tensor {
  return reshape(samples, [samples.shape[0] as number, ...new Array<number>(rank - 1).fill(1)]);
}
