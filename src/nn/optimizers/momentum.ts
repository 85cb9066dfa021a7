import { add } from "../../graph/ops/add.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { momentumField } from "./optimizer-fields.ts";

/**
 * The heavy ball (Polyak, 1964): b = μ · b + g, then p - rate · b. PyTorch's SGD with momentum and no dampening: the
 * rate is outside of b, so that changing it also changes the steps that b remembers.
 */
export const momentum = defineOptimizer({
  kind: "momentum",
  label: { en: "Momentum", zh: "Momentum（动量）" },
  help: {
    en: "Gradient descent that keeps rolling the way it went.",
    zh: "带动量的梯度下降：像小球一样保持原来的运动方向。",
  },
  fields: { momentum: momentumField(0.9) },
  learningRate: 0.01,
  decay: "gradient",
  update: ({ parameter, gradient, rate, options, state }) => {
    const buffer = state("momentum");
    const next = add(mul(buffer.value, options.momentum), gradient);
    buffer.update(next);
    return sub(parameter, mul(rate, next));
  },
});
