import { applyAll } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { type Affine, affineTensors } from "./affine.ts";
import { type Axes, axesOf } from "./axes.ts";
import { normalization } from "./normalization.ts";

export interface LayerNormOptions extends Affine {
  readonly axes?: Axes;
  readonly epsilon?: number;
}

/**
 * (x - mean) / √(variance + epsilon) · scale + shift, each sample for itself over its last axis (or the given axes);
 * scale and shift have the sizes of those axes. Source: Ba, Kiros and Hinton, "Layer Normalization" (2016).
 */
export function layerNorm(x: Tensor, { axes = -1, epsilon = 1e-5, ...affine }: LayerNormOptions = {}): Tensor {
  const attrs = { axes: axesOf(x.shape, axes), epsilon };
  return applyAll(layerNormOp, [x, ...affineTensors(affine)], attrs)[0] as Tensor;
}

export const layerNormOp = normalization("layerNorm");
