import type { Dataset } from "../data/dataset.ts";
import { add } from "../graph/ops/add.ts";
import { cast } from "../graph/ops/cast.ts";
import { iota } from "../graph/ops/iota.ts";
import { less } from "../graph/ops/less.ts";
import { minimum } from "../graph/ops/minimum.ts";
import { mul } from "../graph/ops/mul.ts";
import { variable } from "../graph/ops/variable.ts";
import type { Program } from "../graph/program.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Values } from "../graph/values.ts";
import type { Experiment } from "../nn/experiment.ts";
import { gatherBatch } from "./batches.ts";
import { evaluateOn } from "./evaluated.ts";

/** One batch of the validation samples as graph; its steps go through all of them in order. */
export interface EvaluationStep {
  readonly program: Program;
  /** Which batch is next, u32. */
  readonly cursor: Tensor;
  readonly batches: number;
  readonly uploads: ReadonlyMap<Tensor, Values>;
}

export function evaluationStep(experiment: Experiment, dataset: Dataset): EvaluationStep {
  const { count } = dataset.validation;
  const batchSize = Math.min(experiment.batchSize, count);
  const cursor = variable("evaluation cursor", [], "u32");
  const positions = add(iota([batchSize], "u32"), mul(cursor, batchSize));
  // The last batch is filled up with the last sample, which counts only once.
  const samples = cast(less(positions, count), "f32");
  const batch = gatherBatch(dataset, dataset.validation, minimum(positions, count - 1));
  const random = { seed: variable("seed", [], "u32"), step: cursor };
  const { sums } = evaluateOn(experiment, dataset, batch.columns, { training: false, random, samples });
  return {
    program: { updates: [[cursor, add(cursor, 1)]], metrics: sums, batchSize },
    cursor,
    batches: Math.ceil(count / batchSize),
    uploads: batch.uploads,
  };
}
