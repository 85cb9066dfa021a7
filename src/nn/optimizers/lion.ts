import { mul } from "../../graph/ops/mul.ts";
import { sign } from "../../graph/ops/sign.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { decayField } from "./optimizer-fields.ts";
import { mixed, runningMean } from "./running-mean.ts";

/**
 * Lion (Chen et al., 2023, "Symbolic Discovery of Optimization Algorithms", algorithm 2): subtracts
 * rate · sign(β₁ · m + (1 - β₁) · g), then m = β₂ · m + (1 - β₂) · g. Weight decay apart from the gradient.
 */
export const lion = defineOptimizer({
  kind: "lion",
  label: { en: "Lion", zh: "Lion" },
  help: {
    en: "All weights step equally far, only the direction is learned. Takes a tenth of Adam's learning rate.",
    zh: "所有权重步长相同，只取方向的符号。学习率取 Adam 的十分之一左右。",
  },
  fields: {
    beta1: decayField(
      { en: "β₁", zh: "β₁" },
      {
        en: "The share of the remembered gradient, against the new one, in the direction of a step.",
        zh: "决定步进方向时，历史梯度相对于新梯度所占的比例。",
      },
      0.9,
    ),
    beta2: decayField(
      { en: "β₂", zh: "β₂" },
      { en: "How slowly the remembered gradient changes.", zh: "历史梯度的衰减率，越大变化越慢。" },
      0.99,
    ),
  },
  learningRate: 1e-4,
  decay: "parameter",
  update: ({ parameter, gradient, rate, options: { beta1, beta2 }, state }) => {
    const mean = state("mean");
    const direction = sign(mixed(mean.value, gradient, beta1));
    runningMean(mean, gradient, beta2);
    return sub(parameter, mul(rate, direction));
  },
});
