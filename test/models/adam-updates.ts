import { constant } from "../../src/graph/ops/constant.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { adam } from "../../src/nn/optimizers/adam.ts";
import { type ParameterUpdates, parameterUpdates } from "../../src/nn/parameter-updates.ts";

interface AdamSetting {
  readonly rate: Tensor;
  /** Steps done before this one, u32 scalar. */
  readonly step: Tensor;
  /** Where Adam's own numbers are kept; default: they are constants. */
  readonly number?: (name: string, value: number) => Tensor;
}

/** A step of Adam with its usual numbers. */
export function adamUpdates(
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  { rate, step, number = (_, value) => constant(value) }: AdamSetting,
): ParameterUpdates {
  const config = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  return parameterUpdates(parameters, gradients, { optimizer: adam, config, number, rate, step });
}
