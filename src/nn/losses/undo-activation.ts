import type { Op } from "../../graph/op.ts";
import { sigmoidOp } from "../../graph/ops/sigmoid.ts";
import { type AxisAttrs, softmaxOp } from "../../graph/ops/softmax.ts";
import type { Tensor } from "../../graph/tensor.ts";

/**
 * The logits (…, C) of an output: what a softmax over its last axis was taken of, where it ends with one, else the output
 * itself. Losses take logarithms of probabilities; from the logits these are exact also where a probability is
 * rounded to 0.
 */
export function beforeSoftmax(output: Tensor): Tensor {
  if (output.call.op !== (softmaxOp as Op)) return output;
  const { axis } = output.call.attrs as AxisAttrs;
  return axis === output.shape.length - 1 ? (output.call.inputs[0] as Tensor) : output;
}

/** The same for an output that ends with a sigmoid. */
export function beforeSigmoid(output: Tensor): Tensor {
  return output.call.op === (sigmoidOp as Op) ? (output.call.inputs[0] as Tensor) : output;
}
