import { add } from "../../graph/ops/add.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { type ConfigOf, type Fields, flag } from "../../schema/field.ts";
import { activate, activationField } from "../activations.ts";
import { zeros } from "../initializer.ts";
import { initializerField } from "../initializers.ts";
import type { LayerContext } from "../layer.ts";

/** Fields of layers that multiply by a kernel. */
export const kernelFields = {
  activation: activationField("linear"),
  useBias: flag({
    label: { en: "Bias", zh: "偏置" },
    help: { en: "Adds a trained number to each output channel.", zh: "给每个输出通道加上一个可训练的数。" },
    default: true,
  }),
  kernelInitializer: initializerField("glorotUniform"),
} satisfies Fields;

/** activation(y + bias): what follows the product with the kernel; y: (…, C), bias: (C), 0 at first. */
export function withBiasAndActivation(
  y: Tensor,
  { useBias, activation }: Pick<ConfigOf<typeof kernelFields>, "useBias" | "activation">,
  context: Pick<LayerContext, "parameter">,
): Tensor {
  const biased = useBias ? add(y, context.parameter("bias", [y.shape.at(-1) as number], zeros)) : y;
  return activate(biased, activation);
}
