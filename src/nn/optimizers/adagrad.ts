import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { epsilonField } from "./optimizer-fields.ts";

/**
 * Adagrad (Duchi, Hazan and Singer, 2011): s = s + g² from s = 0, then p - rate · g / (√s + ε). PyTorch's: epsilon
 * outside the root, no decay of the rate.
 */
export const adagrad = defineOptimizer({
  kind: "adagrad",
  label: { en: "Adagrad", zh: "Adagrad" },
  help: {
    en: "Steps shrink with all the gradients seen so far; good for features that are rare.",
    zh: "步长随累积的梯度平方不断减小；适合稀疏特征。",
  },
  fields: { epsilon: epsilonField(1e-10) },
  learningRate: 0.01,
  decay: "gradient",
  update: ({ parameter, gradient, rate, options, state }) => {
    const sumOfSquares = state("sum of squares");
    const next = add(sumOfSquares.value, square(gradient));
    sumOfSquares.update(next);
    return sub(parameter, mul(rate, div(gradient, add(sqrt(next), options.epsilon))));
  },
});
