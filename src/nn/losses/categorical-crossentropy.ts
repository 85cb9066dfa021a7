import { number } from "../../schema/field.ts";
import { defineLoss } from "../loss.ts";
import { classCrossEntropy } from "./class-cross-entropy.ts";

/**
 * -Σ target · log softmax(logits) for each label; a label of -1 does not count. output: logits (B, …, C) f32; target:
 * labels (B, …) i32. Where the model ends with a softmax, its input is taken for the logits: the loss is that of the
 * probabilities, but safe where one of them is rounded to 0, so that a Softmax layer at the end does no harm.
 */
export const categoricalCrossentropy = defineLoss({
  kind: "categoricalCrossentropy",
  label: { en: "Categorical cross-entropy", zh: "分类交叉熵" },
  of: "labels",
  help: {
    en: "The surprise at the right class, in nats; outputs are logits, or probabilities of a Softmax at the end.",
    zh: "对正确类别的“意外程度”（单位：奈特）；输出为 logits，也可在末尾加 Softmax 输出概率。",
  },
  fields: {
    smoothing: number({
      label: { en: "Label smoothing", zh: "标签平滑" },
      help: {
        en: "A share of the target that is spread evenly over all classes.",
        zh: "目标概率中平均分配给所有类别的比例。",
      },
      min: 0,
      max: 1,
      default: 0,
    }),
  },
  isCrossEntropy: ({ smoothing }) => smoothing === 0,
  build: ({ smoothing }, output, labels, context) => classCrossEntropy(output, labels, smoothing, context),
});
