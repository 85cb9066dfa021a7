import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { UpdateContext } from "../optimizer.ts";
import { biasCorrection } from "./bias-correction.ts";
import { runningMean } from "./running-mean.ts";

interface AdamContext extends Pick<UpdateContext, "gradient" | "rate" | "time" | "state"> {
  readonly options: { readonly beta1: Tensor; readonly beta2: Tensor; readonly epsilon: Tensor };
}

/**
 * What Adam subtracts from a parameter, in its shape (Kingma and Ba, 2015, algorithm 1; epsilon outside the root, as in
 * PyTorch): rate / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε), with the running means m of the gradient and v of its square.
 */
export function adamChange({ gradient, rate, time, state, options }: AdamContext): Tensor {
  const { beta1, beta2, epsilon } = options;
  const mean = runningMean(state("mean"), gradient, beta1);
  const meanSquare = runningMean(state("mean square"), square(gradient), beta2);
  const root = div(sqrt(meanSquare), sqrt(biasCorrection(beta2, time)));
  return mul(div(rate, biasCorrection(beta1, time)), div(mean, add(root, epsilon)));
}
