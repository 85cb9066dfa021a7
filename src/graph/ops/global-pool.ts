import type { Tensor } from "../tensor.ts";
import { max } from "./max.ts";
import { mean } from "./mean.ts";

/** The mean over all pixels of each channel: x: (N, H, W, C), or (N, L, C) for sequences; gives (N, C). */
export function globalAveragePool(x: Tensor): Tensor {
  return mean(x, spatialAxes(x));
}

/** The largest value over all pixels of each channel: x: (N, H, W, C), or (N, L, C) for sequences; gives (N, C). */
export function globalMaxPool(x: Tensor): Tensor {
  return max(x, spatialAxes(x));
}

function spatialAxes({ shape }: Tensor): number[] {
  return shape.map((_, axis) => axis).slice(1, -1);
}
