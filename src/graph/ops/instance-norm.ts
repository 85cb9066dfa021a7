import { applyAll } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { type Affine, affineTensors } from "./affine.ts";
import { normalization } from "./normalization.ts";

/**
 * (x - mean) / √(variance + epsilon) · scale + shift for each sample and channel, over the axes between them; x is
 * (N, …, C), scale and shift are (C). Source: Ulyanov, Vedaldi and Lempitsky, "Instance Normalization" (2016).
 */
export function instanceNorm(x: Tensor, { epsilon = 1e-5, ...affine }: Affine & { epsilon?: number } = {}): Tensor {
  const axes = [...x.shape.keys()].slice(1, -1);
  return applyAll(instanceNormOp, [x, ...affineTensors(affine)], { axes, epsilon })[0] as Tensor;
}

export const instanceNormOp = normalization("instanceNorm");
