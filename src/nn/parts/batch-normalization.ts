import { batchNorm, updatedStatistics, valuesPerChannel } from "../../graph/ops/batch-norm.ts";
import { batchNormInference } from "../../graph/ops/batch-norm-inference.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { LayerContext } from "../layer.ts";
import { scaleAndShift } from "./scale-and-shift.ts";

export interface BatchNormalization {
  /** The share of the batch in the new running statistics, as in PyTorch. */
  readonly momentum: number;
  readonly epsilon: number;
}

/**
 * Batch normalization with what it learns and carries along: x (B, …, C) → (B, …, C). In training by the statistics of
 * the batch, which the running ones then take in; else, and where it is frozen, by the running ones. Refuses to train on one value a channel,
 * which would come out as 0 whatever it is.
 */
export function batchNormalization(
  x: Tensor,
  { momentum, epsilon }: BatchNormalization,
  context: LayerContext,
): Tensor {
  const channels = x.shape.at(-1) as number;
  const affine = { ...scaleAndShift(channels, context), epsilon };
  const runningMean = context.statistic("runningMean", [channels], 0);
  const runningVariance = context.statistic("runningVariance", [channels], 1);
  const running = { mean: runningMean.value, variance: runningVariance.value };
  if (!context.training || context.frozen) return batchNormInference(x, running, affine);
  const count = valuesPerChannel(x);
  if (count < 2) {
    context.refuse({
      en: "it trains on batches with one value a channel, and normalized by itself that is always 0; set the batch size to at least 2, or use LayerNorm",
      zh: "训练时每个批量的每个通道只有一个值，用它自己归一化后恒为 0；请把批量大小设为至少 2，或改用 LayerNorm",
    });
  }
  const { y, ...batch } = batchNorm(x, affine);
  const next = updatedStatistics(running, batch, count, momentum);
  runningMean.update(next.mean);
  runningVariance.update(next.variance);
  return y;
}
