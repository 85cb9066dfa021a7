import { applyAll } from "../op.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { type Affine, affineTensors } from "./affine.ts";
import type { Operand } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { normalization } from "./normalization.ts";
import { reshape } from "./reshape.ts";
import { sub } from "./sub.ts";

/** A batch normalized, and the statistics it was normalized by, one a channel. */
export interface NormalizedBatch {
  readonly y: Tensor;
  readonly mean: Tensor;
  /** Of these values: no degree of freedom taken off. */
  readonly variance: Tensor;
}

/**
 * Training: (x - mean) / √(variance + epsilon) · scale + shift, with the statistics of the batch over all axes but the
 * last; x is (N, …, C), scale and shift are (C). Source: Ioffe and Szegedy, "Batch Normalization" (2015).
 */
export function batchNorm(
  x: Tensor,
  { epsilon = 1e-5, ...affine }: Affine & { epsilon?: number } = {},
): NormalizedBatch {
  const axes = [...x.shape.keys()].slice(0, -1);
  const outputs = applyAll(batchNormOp, [x, ...affineTensors(affine)], { axes, epsilon });
  const [y, mean, variance] = outputs as [Tensor, Tensor, Tensor];
  const channels = [x.shape.at(-1) ?? 1];
  return { y, mean: reshape(mean, channels), variance: reshape(variance, channels) };
}

export const batchNormOp = normalization("batchNorm");

/** Means and variances kept from batch to batch. */
export interface RunningStatistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/**
 * The running statistics after a batch of `count` values a channel, as PyTorch has them: running + momentum · (batch -
 * running), where the batch's variance is that of a sample (one degree of freedom taken off, if there are two values).
 */
export function updatedStatistics(
  running: RunningStatistics,
  batch: RunningStatistics,
  count: number,
  momentum: Operand = 0.1,
): RunningStatistics {
  const sampleVariance = mul(batch.variance, count / Math.max(count - 1, 1));
  return {
    mean: add(running.mean, mul(sub(batch.mean, running.mean), momentum)),
    variance: add(running.variance, mul(sub(sampleVariance, running.variance), momentum)),
  };
}

/** How many values each channel has in a batch of this shape: the `count` of `updatedStatistics`. */
export function valuesPerChannel(x: Tensor): number {
  return sizeOf(x.shape.slice(0, -1));
}
