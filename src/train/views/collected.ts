import type { Samples } from "../../data/dataset.ts";
import { add } from "../../graph/ops/add.ts";
import { equal } from "../../graph/ops/equal.ts";
import { iota } from "../../graph/ops/iota.ts";
import { minimum } from "../../graph/ops/minimum.ts";
import { mul } from "../../graph/ops/mul.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { variable } from "../../graph/ops/variable.ts";
import { where } from "../../graph/ops/where.ts";
import { sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { Model } from "../../nn/model.ts";
import { gatherBatch } from "../batches.ts";
import type { ViewedRun } from "./view.ts";
import { floats, ViewPlan } from "./view-plan.ts";
import { modelOn } from "./viewed-model.ts";

/** Samples in one pass through the model, and of all at most; few on a CPU, where nothing else is done meanwhile. */
const SAMPLES = { gpu: { batch: 64, most: Number.POSITIVE_INFINITY }, cpu: { batch: 8, most: 64 } };

/** What a model makes of the first validation samples, all with the same weights. */
export interface Collected {
  readonly samples: Samples;
  /** Of one sample. */
  readonly size: number;
  /** What `build` gave, sample after sample: (samples, size). */
  look(): Promise<Float32Array<ArrayBuffer>>;
  destroy(): void;
}

/**
 * Goes through `wanted` validation samples, or all where there are fewer. Each step is a batch, whose values (B, …) f32
 * are kept on the GPU, so that all of them are read at once.
 */
export async function collect(
  run: ViewedRun,
  wanted: number,
  build: (model: Model, columns: ReadonlyMap<string, Tensor>) => Tensor,
): Promise<Collected> {
  const { columns, count: all } = run.dataset.validation;
  const { batch: largest, most } = SAMPLES[run.backend.kind];
  const samples = { columns, count: Math.max(1, Math.min(all, most, Math.floor(wanted))) };
  const batchSize = Math.min(largest, samples.count);
  const batches = Math.ceil(samples.count / batchSize);

  const cursor = variable("view cursor", [], "u32");
  const positions = add(iota([batchSize], "u32"), mul(cursor, batchSize));
  // The last batch is filled up with the last sample.
  const batch = gatherBatch(run.dataset, samples, minimum(positions, samples.count - 1));
  const values = build(modelOn(run, batch.columns), batch.columns);
  const kept = variable("view values", [batches, sizeOf(values.shape)]);
  const isNow = equal(iota([batches, 1], "u32", 0), cursor);
  const plan = await ViewPlan.create(run, {
    updates: [
      [kept, where(isNow, reshape(values, [1, -1]), kept)],
      [cursor, add(cursor, 1)],
    ],
    batchSize,
  });
  plan.write(batch.uploads);
  const size = sizeOf(values.shape) / batchSize;
  return {
    samples,
    size,
    async look() {
      plan.write([[cursor, [0]]]);
      plan.borrow();
      await plan.run(batches);
      return floats(await plan.read(kept)).slice(0, samples.count * size);
    },
    destroy: () => plan.destroy(),
  };
}
