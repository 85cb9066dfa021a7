import { add } from "../../graph/ops/add.ts";
import { cos } from "../../graph/ops/cos.ts";
import { mul } from "../../graph/ops/mul.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** From `start` to `end` along half a cosine, as the progress goes from 0 to 1. */
export function halfCosine(start: number, end: number, progress: Tensor): Tensor {
  return add(mul(add(cos(mul(progress, Math.PI)), 1), (start - end) / 2), end);
}
