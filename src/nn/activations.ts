import { elu } from "../graph/ops/elu.ts";
import { gelu } from "../graph/ops/gelu.ts";
import { hardSigmoid } from "../graph/ops/hard-sigmoid.ts";
import { leakyRelu } from "../graph/ops/leaky-relu.ts";
import { mish } from "../graph/ops/mish.ts";
import { relu } from "../graph/ops/relu.ts";
import { selu } from "../graph/ops/selu.ts";
import { sigmoid } from "../graph/ops/sigmoid.ts";
import { silu } from "../graph/ops/silu.ts";
import { softmax } from "../graph/ops/softmax.ts";
import { softplus } from "../graph/ops/softplus.ts";
import { softsign } from "../graph/ops/softsign.ts";
import { tanh } from "../graph/ops/tanh.ts";
import type { Tensor } from "../graph/tensor.ts";
import { type ChoiceField, choice } from "../schema/field.ts";

const functions = {
  linear: (x) => x,
  relu,
  leakyRelu: (x) => leakyRelu(x, 0.01),
  elu: (x) => elu(x, 1),
  selu,
  gelu: (x) => gelu(x),
  silu,
  mish,
  tanh,
  sigmoid,
  hardSigmoid,
  softplus,
  softsign,
  softmax: (x) => softmax(x, -1),
} as const satisfies Record<string, (x: Tensor) => Tensor>;

export type ActivationKind = keyof typeof functions;

/** Every activation, `linear` first. */
const activationKinds = Object.keys(functions) as readonly ActivationKind[];

/**
 * The activation of a tensor (f32), in its shape, with the constants that PyTorch has: slope 0.01 of leakyRelu, alpha 1
 * of elu, the exact gelu. Softmax is along the last axis; all others are elementwise.
 */
export function activate(x: Tensor, kind: ActivationKind): Tensor {
  return functions[kind](x);
}

/** The choice of an activation, for layers that end with one. */
export function activationField(initial: ActivationKind): ChoiceField<ActivationKind> {
  return choice({
    label: { en: "Activation", zh: "激活函数" },
    help: {
      en: "The function every output value passes through; linear leaves it as it is.",
      zh: "每个输出值都要经过的函数；linear 表示保持不变。",
    },
    options: activationKinds,
    default: initial,
  });
}
