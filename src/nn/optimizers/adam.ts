import { add } from "../../graph/ops/add.ts";
import { cast } from "../../graph/ops/cast.ts";
import { div } from "../../graph/ops/div.ts";
import type { Operand } from "../../graph/ops/elementwise.ts";
import { mul } from "../../graph/ops/mul.ts";
import { pow } from "../../graph/ops/pow.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { type VariableAttrs, variable } from "../../graph/ops/variable.ts";
import type { Program } from "../../graph/program.ts";
import type { Tensor } from "../../graph/tensor.ts";

export interface AdamOptions {
  /** A number, or a scalar variable that may be changed while it runs; so are the others. */
  readonly learningRate: Operand;
  /** Steps done before this one, a u32 scalar variable. */
  readonly step: Tensor;
  readonly beta1?: Operand;
  readonly beta2?: Operand;
  readonly epsilon?: Operand;
}

/**
 * Adam (Kingma and Ba, 2015, algorithm 1), epsilon outside the root as in PyTorch. The updates of the parameters and of
 * their two moments, which are variables named after the parameter; not of the step.
 */
export function adam(
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  { learningRate, step, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
): NonNullable<Program["updates"]> {
  const time = cast(add(step, 1), "f32");
  const correction1 = sub(1, pow(beta1, time));
  const correction2 = sqrt(sub(1, pow(beta2, time)));
  const rate = div(learningRate, correction1);
  return parameters.flatMap((parameter, k) => {
    const gradient = gradients[k] as Tensor;
    const { name } = parameter.call.attrs as VariableAttrs;
    const mean = variable(`${name} mean`, parameter.shape);
    const meanSquare = variable(`${name} mean square`, parameter.shape);
    const newMean = add(mul(mean, beta1), mul(gradient, sub(1, beta1)));
    const newMeanSquare = add(mul(meanSquare, beta2), mul(square(gradient), sub(1, beta2)));
    const scale = add(div(sqrt(newMeanSquare), correction2), epsilon);
    const change = mul(rate, div(newMean, scale));
    return [
      [parameter, sub(parameter, change)],
      [mean, newMean],
      [meanSquare, newMeanSquare],
    ] as const;
  });
}
