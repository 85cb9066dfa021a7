import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary } from "./elementwise.ts";
import { mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

/** Mean of `binaryCrossEntropyWithLogitsEach` over all elements. */
export function binaryCrossEntropyWithLogits(logits: Tensor, targets: Tensor): Tensor {
  return mean(binaryCrossEntropyWithLogitsEach(logits, targets));
}

/**
 * -t log s - (1 - t) log(1 - s) with s = sigmoid(x), computed as max(x, 0) - x t + log(1 + exp(-|x|)), which does not
 * overflow; logits x and targets t broadcast. dx = dy · (s - t), dt = -dy · x.
 */
export function binaryCrossEntropyWithLogitsEach(logits: Tensor, targets: Tensor): Tensor {
  return apply(binaryCrossEntropyOp, [logits, targets], null);
}

export const binaryCrossEntropyOp = binary({
  name: "binaryCrossEntropy",
  dtypes: ["f32"],
  reference: (x, t) => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x))),
  wgsl: (x, t) => `max(${x}, 0.0) - ${x} * ${t} + log1p(exp_safe(-abs(${x})))`,
  gradient: (dy, x, t) => [mul(dy, sub(sigmoid(x), t)), neg(mul(dy, x))],
});
