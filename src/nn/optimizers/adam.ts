import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { adamChange } from "./adam-change.ts";
import { beta1Field, beta2Field, epsilonField } from "./optimizer-fields.ts";

/**
 * Adam (Kingma and Ba, 2015), PyTorch's: epsilon outside the root, weight decay as a part of the gradient. See
 * `adamChange`.
 */
export const adam = defineOptimizer({
  kind: "adam",
  label: { en: "Adam", zh: "Adam" },
  help: {
    en: "A step of its own size for each weight, from the mean and spread of its gradients. A good first choice.",
    zh: "根据梯度的一阶矩和二阶矩，为每个权重自适应地调整步长。通常是首选。",
  },
  fields: { beta1: beta1Field(0.9), beta2: beta2Field(0.999), epsilon: epsilonField(1e-8) },
  learningRate: 0.001,
  decay: "gradient",
  update: (context) => sub(context.parameter, adamChange(context)),
});
