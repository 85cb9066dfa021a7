import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { decayField, epsilonField } from "./optimizer-fields.ts";
import { runningMean } from "./running-mean.ts";

/**
 * Adadelta (Zeiler, 2012): v = ρ · v + (1 - ρ) · g², d = √(u + ε) / √(v + ε) · g, u = ρ · u + (1 - ρ) · d², then
 * p - rate · d. Epsilon inside both roots, as in the paper and in PyTorch; the paper's rate is 1.
 */
export const adadelta = defineOptimizer({
  kind: "adadelta",
  label: { en: "Adadelta", zh: "Adadelta" },
  help: {
    en: "Measures its own steps, so that it hardly needs a learning rate: leave that at 1.",
    zh: "根据自身的步长自动调节，几乎不需要学习率：保持为 1 即可。",
  },
  fields: {
    rho: decayField(
      { en: "ρ", zh: "ρ" },
      {
        en: "How slowly the running means of squared gradients and steps change.",
        zh: "梯度平方与步长平方滑动平均的衰减率，越大变化越慢。",
      },
      0.9,
    ),
    epsilon: epsilonField(1e-6),
  },
  learningRate: 1,
  decay: "gradient",
  update: ({ parameter, gradient, rate, options: { rho, epsilon }, state }) => {
    const meanSquareChange = state("mean square change");
    const meanSquare = runningMean(state("mean square"), square(gradient), rho);
    const change = mul(div(sqrt(add(meanSquareChange.value, epsilon)), sqrt(add(meanSquare, epsilon))), gradient);
    runningMean(meanSquareChange, square(change), rho);
    return sub(parameter, mul(rate, change));
  },
});
