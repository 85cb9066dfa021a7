import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";

/** Stochastic gradient descent (Robbins and Monro, 1951): p - rate · g. PyTorch's SGD. */
export const sgd = defineOptimizer({
  kind: "sgd",
  label: { en: "SGD", zh: "SGD" },
  help: { en: "A step straight down the gradient.", zh: "沿梯度的反方向走一步（随机梯度下降）。" },
  fields: {},
  learningRate: 0.01,
  decay: "gradient",
  update: ({ parameter, gradient, rate }) => sub(parameter, mul(rate, gradient)),
});
