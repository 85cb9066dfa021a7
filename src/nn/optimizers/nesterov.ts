import { add } from "../../graph/ops/add.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { momentumField } from "./optimizer-fields.ts";

/**
 * Nesterov's accelerated gradient (1983) in the form of Sutskever et al. (2013), as PyTorch's SGD has it:
 * b = μ · b + g, then p - rate · (g + μ · b).
 */
export const nesterov = defineOptimizer({
  kind: "nesterov",
  label: { en: "Nesterov momentum", zh: "Nesterov 动量" },
  help: {
    en: "Momentum that looks a step ahead before it corrects its course.",
    zh: "Nesterov 动量：先向前看一步，再修正方向。",
  },
  fields: { momentum: momentumField(0.9) },
  learningRate: 0.01,
  decay: "gradient",
  update: ({ parameter, gradient, rate, options, state }) => {
    const buffer = state("momentum");
    const next = add(mul(buffer.value, options.momentum), gradient);
    buffer.update(next);
    return sub(parameter, mul(rate, add(gradient, mul(next, options.momentum))));
  },
});
