import type { Tensor } from "../tensor.ts";
import { constant } from "./constant.ts";
import { lstmScan } from "./lstm-scan.ts";
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
import { joinStates, stateOf } from "./recurrent-unrolled.ts";

export interface LstmOptions extends RecurrentOptions {
  /** The cell state before the first step, (B, H); default: zeros. */
  readonly initialCell?: Tensor | undefined;
}

export interface LstmStates extends RecurrentStates {
  /** The cell state that belongs to `last`, (B, H). */
  readonly lastCell: Tensor;
}

/**
 * A long short-term memory (Hochreiter & Schmidhuber 1997; forget gate of Gers et al. 2000) over a whole sequence:
 * i, f, o = sigmoid, g = tanh of x_t·Wx + h_(t-1)·Wh + bias;  c_t = f c_(t-1) + i g;  h_t = o tanh(c_t).
 * x: (B, T, F), wx: (F, 4H), wh: (H, 4H), bias: (4H), with the gates' columns in the order i, f, g, o; gives states
 * (B, T, H) and the last state and cell (B, H).
 *
 * From PyTorch: wx, wh = weight_ih_l0ᵀ, weight_hh_l0ᵀ, bias = bias_ih_l0 + bias_hh_l0. From Keras: kernel,
 * recurrent_kernel, bias as they are. Throws "shape" where the tensors do not fit.
 */
export function lstm(x: Tensor, weights: RecurrentWeights, options: LstmOptions = {}): LstmStates {
  const { initial, initialCell, reverse = false } = options;
  const sizes = requireLayer("lstm", 4, x, weights, options, ({ batch, hidden }) => [
    ["initialCell", initialCell, "B×H", [batch, hidden]],
  ]);
  const isZero = initial === undefined && initialCell === undefined;
  const start = isZero
    ? constant(0, [2, sizes.batch, sizes.hidden])
    : joinStates([initialOf(sizes, initial), initialOf(sizes, initialCell)]);
  const { states, last } = lstmScan(project(x, weights), weights.wh, start, lengthsOf(sizes, options), {
    reverse,
    unrolled: isUnrolled(sizes.hidden),
  });
  return { states, last: stateOf(last, 0), lastCell: stateOf(last, 1) };
}
