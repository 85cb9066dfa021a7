import { greater } from "../../graph/ops/greater.ts";
import { log } from "../../graph/ops/log.ts";
import { logSoftmax } from "../../graph/ops/log-softmax.ts";
import { mul } from "../../graph/ops/mul.ts";
import { softmax } from "../../graph/ops/softmax.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import { where } from "../../graph/ops/where.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { defineLoss, type LossContext } from "../loss.ts";
import { sampleShape } from "../parts/sample-shape.ts";
import { classCrossEntropy } from "./class-cross-entropy.ts";
import { numbersLike, requireProbabilities } from "./output-check.ts";
import { beforeSoftmax } from "./undo-activation.ts";

/**
 * Σ t (log t - log softmax(logits)) over the last axis, with 0 log 0 = 0 (Kullback and Leibler, 1951): how far the
 * model's distribution is from the target's. output: logits (B, …, C) f32; target: distributions f32 of that shape, or
 * labels (B, …) i32, each the distribution that is certain of it, so that the divergence is the cross-entropy.
 * Where the model ends with a softmax, its input is taken for the logits.
 */
export const klDivergence = defineLoss({
  kind: "klDivergence",
  label: { en: "KL divergence", zh: "KL 散度" },
  of: "any",
  help: {
    en: "How far the output's distribution is from the target's, in nats; of labels, the cross-entropy. Outputs are logits.",
    zh: "输出分布与目标分布之间的 KL 散度（单位：奈特）；目标为标签时即交叉熵。输出为 logits。",
  },
  fields: {},
  isCrossEntropy: () => true,
  prediction: (output) => softmax(beforeSoftmax(output)),
  build: (_, output, target, context) => {
    if (target.dtype !== "f32") return classCrossEntropy(output, target, 0, context);
    if (target.shape.length < 2 || target.shape.at(-1) === 1) refuseSingle(target, context);
    requireProbabilities(context);
    const targets = numbersLike(output, target, context);
    const difference = sub(log(targets), logSoftmax(beforeSoftmax(output)));
    return { values: sum(where(greater(targets, 0), mul(targets, difference), 0), -1) };
  },
});

function refuseSingle(target: Tensor, context: LossContext): never {
  const size = sampleShape(target);
  return context.refuse({
    en: `the target is ${size} a sample, and a single number along the last axis is no distribution over classes; choose meanSquaredError`,
    zh: `每个样本的目标为 ${size}，最后一个轴上只有一个数，不构成类别分布；请改用 meanSquaredError`,
  });
}
