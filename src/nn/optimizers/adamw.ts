import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { adamChange } from "./adam-change.ts";
import { beta1Field, beta2Field, epsilonField } from "./optimizer-fields.ts";

/** Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019), as in PyTorch. See `adamChange`. */
export const adamw = defineOptimizer({
  kind: "adamw",
  label: { en: "AdamW", zh: "AdamW" },
  help: {
    en: "Adam whose weight decay does not pass through its scaling. The usual choice for transformers.",
    zh: "Adam，但权重衰减与梯度解耦，不受自适应缩放影响。训练 Transformer 的常用选择。",
  },
  fields: { beta1: beta1Field(0.9), beta2: beta2Field(0.999), epsilon: epsilonField(1e-8) },
  learningRate: 0.001,
  decay: "parameter",
  update: (context) => sub(context.parameter, adamChange(context)),
});
