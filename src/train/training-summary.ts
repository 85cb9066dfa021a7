import type { ReplayPlan } from "../graph/replay.ts";
import { describeModel } from "../nn/describe-model.ts";
import type { Backend } from "./backend.ts";
import type { TrainingStep } from "./training-step.ts";

/** What a run is before it starts. */
export interface TrainingSummary {
  readonly adapter: string;
  readonly parameters: number;
  /** Of a forward pass for one sample. */
  readonly flops: number;
  readonly dispatchesPerStep: number;
  /** Bytes on the device, of training and validation together. */
  readonly peakBytes: number;
  readonly stepsPerEpoch: number;
  /** Steps to the end; Infinity where no stop condition says. */
  readonly totalSteps: number;
}

/** Describes a run by its step, and the plans of its training and of its validation. */
export function summaryOf(
  backend: Backend,
  { model, stepsPerEpoch, totalSteps }: TrainingStep,
  training: ReplayPlan,
  validation: ReplayPlan,
): TrainingSummary {
  const nodes = [...describeModel(model).values()];
  const total = (of: (node: (typeof nodes)[number]) => number) => nodes.reduce((sum, node) => sum + of(node), 0);
  return {
    adapter: backend.name,
    parameters: total(({ parameters }) => parameters),
    flops: total(({ flops }) => flops),
    dispatchesPerStep: training.dispatches.length,
    peakBytes: training.memory.total + validation.memory.total,
    stepsPerEpoch,
    totalSteps,
  };
}
