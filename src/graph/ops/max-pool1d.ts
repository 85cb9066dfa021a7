import type { Tensor } from "../tensor.ts";
import { maxPool2d } from "./max-pool2d.ts";
import { type Pool1dOptions, poolSequences } from "./pooling1d.ts";

/** `maxPool2d` over sequences, channels last: x: (N, L, C); gives (N, OL, C). */
export function maxPool1d(x: Tensor, options: Pool1dOptions): Tensor {
  return poolSequences(maxPool2d, x, options);
}
