import { inNameOf, refuse } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { constant } from "./constant.ts";
import { gruScan } from "./gru-scan.ts";
import {
  initialOf,
  lengthsOf,
  project,
  type RecurrentOptions,
  type RecurrentStates,
  type RecurrentWeights,
  requireLayer,
} from "./recurrent-shapes.ts";
import { isUnrolled } from "./recurrent-tile.ts";

export interface GruWeights extends RecurrentWeights {
  /** (3H), added to h·Wh; only where the reset comes after that product, since it is no more than `bias` otherwise. */
  readonly recurrentBias?: Tensor | undefined;
}

export interface GruOptions extends RecurrentOptions {
  /**
   * Whether the reset gate acts on the candidate's product h·Wh (true, as in PyTorch, cuDNN and Keras by default) or
   * on h before it (false, as in Cho et al. 2014). Default: true.
   */
  readonly resetAfter?: boolean | undefined;
}

/**
 * A gated recurrent unit over a whole sequence: r, z = sigmoid(x_t·Wx + bias + h_(t-1)·Wh + recurrentBias) and
 * h_t = (1 - z) n + z h_(t-1), where n = tanh(x_t·Wx + bias + r (h_(t-1)·Wh + recurrentBias)), or, with the reset
 * before, n = tanh(x_t·Wx + bias + (r h_(t-1))·Wh).
 * x: (B, T, F), wx: (F, 3H), wh: (H, 3H), biases: (3H), with the gates' columns in the order r, z, n; gives states
 * (B, T, H) and the last state (B, H).
 *
 * From PyTorch: wx, wh = weight_ih_l0ᵀ, weight_hh_l0ᵀ, bias, recurrentBias = bias_ih_l0, bias_hh_l0. From Keras, whose
 * order is z, r, h: swap the first two blocks of kernel, recurrent_kernel and the biases (bias[0] and bias[1] with
 * reset_after). Throws "shape" where the tensors do not fit.
 */
export function gru(x: Tensor, weights: GruWeights, options: GruOptions = {}): RecurrentStates {
  const { initial, reverse = false, resetAfter = true } = options;
  const { recurrentBias, wh } = weights;
  const sizes = requireLayer("gru", 3, x, weights, options, ({ hidden }) => [
    ["recurrentBias", recurrentBias, "3H", [3 * hidden]],
  ]);
  if (recurrentBias !== undefined && !resetAfter) {
    inNameOf("gru", () => refuse("with the reset before the product there is one bias; add recurrentBias to bias"));
  }
  const start = initialOf(sizes, initial);
  const bias = recurrentBias ?? constant(0, [3 * sizes.hidden]);
  return gruScan(project(x, weights), wh, bias, start, lengthsOf(sizes, options), {
    reverse,
    resetAfter,
    unrolled: isUnrolled(sizes.hidden),
  });
}
