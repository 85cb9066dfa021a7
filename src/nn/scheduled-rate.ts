import { add } from "../graph/ops/add.ts";
import { cast } from "../graph/ops/cast.ts";
import { maximum } from "../graph/ops/maximum.ts";
import { mul } from "../graph/ops/mul.ts";
import { sub } from "../graph/ops/sub.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Schedule } from "./schedule.ts";
import { progressOf } from "./schedules/progress.ts";

export interface RateOptions {
  /** f32 scalar, the experiment's. */
  readonly learningRate: Tensor;
  /** Steps done before this one, u32 scalar. */
  readonly step: Tensor;
  /** Steps in which the rate rises in a straight line: 1 / warmup, 2 / warmup, … 1. */
  readonly warmup: number;
  /** Steps from the end of the warm-up to the end of the run. */
  readonly total: number;
}

/**
 * The learning rate of a step, f32 scalar: learning rate · schedule · warm-up. The schedule begins after the warm-up, in
 * which it stays as at its start.
 */
export function scheduledRate(
  schedule: Schedule,
  config: Readonly<Record<string, unknown>>,
  { learningRate, step, warmup, total }: RateOptions,
): Tensor {
  const steps = cast(step, "f32");
  const values = config as Parameters<Schedule["factor"]>[0];
  const after = warmup > 0 ? maximum(sub(steps, warmup), 0) : steps;
  const rate = mul(learningRate, schedule.factor(values, after, total));
  return warmup > 0 ? mul(rate, progressOf(add(steps, 1), warmup)) : rate;
}
