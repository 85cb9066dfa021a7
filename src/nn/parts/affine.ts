import { matmul } from "../../graph/ops/matmul.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { ActivationKind } from "../activations.ts";
import { initializerOf } from "../initializers.ts";
import type { LayerContext } from "../layer.ts";
import { withBiasAndActivation } from "./kernel-fields.ts";

/** A dense layer within another: x (B, …, F) → activation(x · kernel + bias), (B, …, units); kernel (F, units). */
export function affine(x: Tensor, units: number, context: LayerContext, activation: ActivationKind = "linear"): Tensor {
  const kernel = context.parameter("kernel", [x.shape.at(-1) as number, units], initializerOf("glorotUniform"));
  return withBiasAndActivation(matmul(x, kernel), { useBias: true, activation }, context);
}
