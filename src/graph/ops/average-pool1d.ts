import type { Tensor } from "../tensor.ts";
import { averagePool2d } from "./average-pool2d.ts";
import { type Pool1dOptions, poolSequences } from "./pooling1d.ts";

export interface AveragePool1dOptions extends Pool1dOptions {
  /** Whether positions of the padding count as zeros in the average; default false. */
  readonly countPaddingIncluded?: boolean;
}

/** `averagePool2d` over sequences, channels last: x: (N, L, C); gives (N, OL, C). */
export function averagePool1d(x: Tensor, options: AveragePool1dOptions): Tensor {
  const { countPaddingIncluded = false } = options;
  return poolSequences((images, pool) => averagePool2d(images, { ...pool, countPaddingIncluded }), x, options);
}
