import { greater } from "../../graph/ops/greater.ts";
import { log } from "../../graph/ops/log.ts";
import { logSoftmax } from "../../graph/ops/log-softmax.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import { where } from "../../graph/ops/where.ts";
import { defineLoss } from "../loss.ts";
import { numbersLike } from "./output-check.ts";
import { beforeSoftmax } from "./undo-activation.ts";

/**
 * Σ t (log t - log softmax(logits)) over the last axis, with 0 log 0 = 0 (Kullback and Leibler, 1951): how far the
 * model's distribution is from the target's. output: logits (B, …, C) f32; target: distributions f32 of that shape.
 * Where the model ends with a softmax, its input is taken for the logits.
 */
export const klDivergence = defineLoss({
  kind: "klDivergence",
  help: {
    en: "How far the output's distribution is from a target distribution, in nats; outputs are logits.",
    zh: "输出分布与目标分布之间的 KL 散度（单位：奈特）；输出为 logits。",
  },
  fields: {},
  build: (_, output, target, context) => {
    const targets = numbersLike(output, target, context);
    if (output.shape.length < 2 || output.shape.at(-1) === 1) {
      context.refuse({
        en: "the target is a single number a sample, which is no distribution over classes; choose binaryCrossentropy or meanSquaredError",
        zh: "每个样本的目标只是一个数，不构成类别分布；请改用 binaryCrossentropy 或 meanSquaredError",
      });
    }
    const difference = sub(log(targets), logSoftmax(beforeSoftmax(output)));
    return { values: sum(where(greater(targets, 0), mul(targets, difference), 0), -1) };
  },
});
