import type { Tensor } from "../../graph/tensor.ts";
import { ones, zeros } from "../initializer.ts";
import type { LayerContext } from "../layer.ts";

/** What is learnt after a normalization: scale, at first 1, and shift, at first 0, one a channel; both (C). */
export function scaleAndShift(channels: number, context: LayerContext): { scale: Tensor; shift: Tensor } {
  return { scale: context.parameter("scale", [channels], ones), shift: context.parameter("shift", [channels], zeros) };
}
