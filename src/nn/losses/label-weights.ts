import { cast } from "../../graph/ops/cast.ts";
import { notEqual } from "../../graph/ops/not-equal.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** The label of a position that does not count, such as padding. */
export const NO_LABEL = -1;

/** 1 (f32) for each label that counts, 0 for the others. labels: (B, …) i32. */
export function labelWeights(labels: Tensor): Tensor {
  return cast(notEqual(labels, NO_LABEL), "f32");
}
