import { cast } from "../../graph/ops/cast.ts";
import { max } from "../../graph/ops/max.ts";
import { mul } from "../../graph/ops/mul.ts";
import { oneHot } from "../../graph/ops/one-hot.ts";
import { relu } from "../../graph/ops/relu.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import { where } from "../../graph/ops/where.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { defineLoss } from "../loss.ts";
import { ofLabels } from "./label-weights.ts";
import { isSingleScore, requireClasses, requireNumbers } from "./output-check.ts";

/**
 * The margin by which a label is missed, of a support vector machine; -1 does not count. target: labels (B, …) i32.
 * With a single score y for each label of two classes, (B, …, 1) or (B, …): max(0, 1 - s y), where s is -1 for label 0
 * and 1 for label 1. With scores (B, …, C): max(0, 1 + max of the other classes' scores - the label's), of Crammer and
 * Singer (2001).
 */
export const hinge = defineLoss({
  kind: "hinge",
  label: { en: "Hinge", zh: "合页损失" },
  of: "labels",
  help: {
    en: "Asks the right class to win by a margin of 1, and no more; outputs are scores.",
    zh: "要求正确类别的得分至少领先 1，领先够了就不再惩罚（合页损失）；输出为得分。",
  },
  fields: {},
  build: (_, output, labels, context) => {
    const isSided = labels.dtype !== "f32" && isSingleScore(output, labels) && (context.classes ?? 2) <= 2;
    if (isSided) requireNumbers(output, context);
    else requireClasses(output, labels, context);
    const lead = isSided ? leadOfSide(output, labels) : leadOfClass(output, labels);
    return ofLabels(relu(sub(1, lead)), labels, context);
  },
});

/** How far a score lies on the side of its label. */
function leadOfSide(output: Tensor, labels: Tensor): Tensor {
  const side = sub(mul(cast(labels, "f32"), 2), 1);
  return mul(side, reshape(output, labels.shape));
}

/** How far the label's score lies above the best of the others. */
function leadOfClass(scores: Tensor, labels: Tensor): Tensor {
  const isLabel = oneHot(labels, scores.shape.at(-1) as number, "u32");
  const own = sum(where(isLabel, scores, 0), -1);
  return sub(own, max(where(isLabel, Number.NEGATIVE_INFINITY, scores), -1));
}
