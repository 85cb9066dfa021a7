import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { exp } from "../../graph/ops/exp.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { number } from "../../schema/field.ts";
import { defineOptimizer } from "../optimizer.ts";
import { biasCorrection } from "./bias-correction.ts";
import { beta1Field, beta2Field, epsilonField } from "./optimizer-fields.ts";
import { runningMean } from "./running-mean.ts";

/**
 * NAdam (Dozat, 2016), as in PyTorch: with μₜ = β₁ · (1 - ½ · 0.96^(t · ψ)), Mₜ = μ₁ · … · μₜ and
 * D = √(v / (1 - β₂ᵗ)) + ε, it subtracts rate · ((1 - μₜ) / (1 - Mₜ) · g + μₜ₊₁ / (1 - Mₜ · μₜ₊₁) · m) / D. The product
 * M is a state of each parameter.
 */
export const nadam = defineOptimizer({
  kind: "nadam",
  label: { en: "NAdam", zh: "NAdam" },
  help: { en: "Adam with Nesterov's look ahead.", zh: "结合了 Nesterov 动量的 Adam。" },
  fields: {
    beta1: beta1Field(0.9),
    beta2: beta2Field(0.999),
    epsilon: epsilonField(1e-8),
    momentumDecay: number({
      label: { en: "Momentum decay ψ", zh: "动量衰减 ψ" },
      help: { en: "How fast β₁ comes into its own in the first steps.", zh: "训练初期 β₁ 的作用增长得多快。" },
      min: 0,
      max: 1,
      default: 0.004,
      live: true,
    }),
  },
  learningRate: 0.002,
  decay: "gradient",
  update: ({ parameter, gradient, rate, time, options, state }) => {
    const { beta1, beta2, epsilon, momentumDecay } = options;
    const mu = momentumAt(time, beta1, momentumDecay);
    const nextMu = momentumAt(add(time, 1), beta1, momentumDecay);
    const product = state("momentum product", { initial: 1, shape: [] });
    const newProduct = mul(product.value, mu);
    product.update(newProduct);
    const mean = runningMean(state("mean"), gradient, beta1);
    const meanSquare = runningMean(state("mean square"), square(gradient), beta2);
    const root = add(div(sqrt(meanSquare), sqrt(biasCorrection(beta2, time))), epsilon);
    const ofGradient = div(mul(rate, sub(1, mu)), sub(1, newProduct));
    const ofMean = div(mul(rate, nextMu), sub(1, mul(newProduct, nextMu)));
    return sub(parameter, div(add(mul(ofGradient, gradient), mul(ofMean, mean)), root));
  },
});

/** β₁ · (1 - ½ · 0.96^(t · ψ)); 0.96 is Dozat's. */
function momentumAt(time: Tensor, beta1: Tensor, momentumDecay: Tensor): Tensor {
  const power = exp(mul(mul(time, momentumDecay), Math.log(0.96)));
  return mul(beta1, sub(1, mul(power, 0.5)));
}
