import type { Tensor } from "../tensor.ts";
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
import { type RnnActivation, rnnScan } from "./rnn-scan.ts";

export interface SimpleRnnOptions extends RecurrentOptions {
  /** Default: tanh. */
  readonly activation?: RnnActivation | undefined;
}

/**
 * A simple recurrent network over a whole sequence: h_t = activation(x_t·Wx + h_(t-1)·Wh + bias).
 * x: (B, T, F), wx: (F, H), wh: (H, H), bias: (H); gives states (B, T, H) and the last state (B, H).
 *
 * From PyTorch: wx, wh = weight_ih_l0ᵀ, weight_hh_l0ᵀ, bias = bias_ih_l0 + bias_hh_l0. From Keras: kernel,
 * recurrent_kernel, bias as they are. Throws "shape" where the tensors do not fit.
 */
export function simpleRnn(x: Tensor, weights: RecurrentWeights, options: SimpleRnnOptions = {}): RecurrentStates {
  const sizes = requireLayer("simpleRnn", 1, x, weights, options);
  const attrs = {
    activation: options.activation ?? "tanh",
    reverse: options.reverse ?? false,
    unrolled: isUnrolled(sizes.hidden),
  };
  const initial = initialOf(sizes, options.initial);
  return rnnScan(project(x, weights), weights.wh, initial, lengthsOf(sizes, options), attrs);
}
