import type { Tensor } from "./tensor.ts";

/** The tensor whose memory a tensor shows: the tensor itself, or what a chain of reshapes was made of. */
export function baseOf(tensor: Tensor): Tensor {
  let base = tensor;
  while (base.call.op.kernel.kind === "view") base = base.call.inputs[0] as Tensor;
  return base;
}
