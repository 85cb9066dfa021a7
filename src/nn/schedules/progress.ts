import { minimum } from "../../graph/ops/minimum.ts";
import { mul } from "../../graph/ops/mul.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** How much of a duration is over: step / duration, and 1 from then on. */
export function progressOf(step: Tensor, duration: number): Tensor {
  return minimum(mul(step, 1 / duration), 1);
}
