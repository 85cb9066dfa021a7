import { binaryCrossEntropyWithLogitsEach } from "../../graph/ops/binary-cross-entropy.ts";
import { cast } from "../../graph/ops/cast.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sigmoid } from "../../graph/ops/sigmoid.ts";
import { defineLoss } from "../loss.ts";
import { ofLabels } from "./label-weights.ts";
import { numbersLike, requireProbabilities, requireSingleScore } from "./output-check.ts";
import { beforeSigmoid } from "./undo-activation.ts";

/**
 * -t log s - (1 - t) log(1 - s) with s = sigmoid(logit), for each logit. output: logits f32; target: labels 0 or 1
 * (B, …) i32 with a logit each, (B, …, 1) or (B, …), where -1 does not count; or f32 from 0 to 1, as many a sample.
 * Where the model ends with a sigmoid, its input is taken for the logits: the same loss, safe where s is rounded to 0
 * or 1.
 */
export const binaryCrossentropy = defineLoss({
  kind: "binaryCrossentropy",
  label: { en: "Binary cross-entropy", zh: "二元交叉熵" },
  of: "any",
  help: {
    en: "For yes or no: one output is the logit of yes, or its probability with a sigmoid at the end.",
    zh: "用于二分类：一个输出，表示“是”的 logit，或在末尾经 sigmoid 得到的概率。",
  },
  fields: {},
  isCrossEntropy: () => true,
  prediction: (output) => sigmoid(beforeSigmoid(output)),
  build: (_, output, target, context) => {
    if (target.dtype === "f32") {
      requireProbabilities(context);
      const targets = numbersLike(output, target, context);
      return { values: binaryCrossEntropyWithLogitsEach(beforeSigmoid(output), targets) };
    }
    requireSingleScore(output, target, context);
    const logits = reshape(beforeSigmoid(output), target.shape);
    return ofLabels(binaryCrossEntropyWithLogitsEach(logits, cast(target, "f32")), target, context);
  },
});
