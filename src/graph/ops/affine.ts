import type { Tensor } from "../tensor.ts";
import { constant } from "./constant.ts";

/** What is learnt after a normalization: one factor and one summand a channel. */
export interface Affine {
  /** Default: 1 */
  readonly scale?: Tensor | undefined;
  /** Default: 0 */
  readonly shift?: Tensor | undefined;
}

/** Scale and shift as tensors. Constants of 1 and 0 disappear when the graph is compiled. */
export function affineTensors({ scale, shift }: Affine): [scale: Tensor, shift: Tensor] {
  return [scale ?? constant(1), shift ?? constant(0)];
}
