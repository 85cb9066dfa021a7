import type { Dataset } from "../../src/data/dataset.ts";
import type { Gpu } from "../../src/gpu/device.ts";
import type { StepMetrics } from "../../src/graph/run-options.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { Trainer, type TrainOptions } from "../../src/train/trainer.ts";
import { spread, whole } from "../nn/formula.ts";

/** A node as it stands in an experiment. */
export interface NodeSettings {
  readonly id: string;
  readonly layer: string;
  readonly [field: string]: unknown;
}

/** Nodes one behind the other, from an Input to a last Dense named "output". */
export function chain(...layers: readonly NodeSettings[]) {
  const nodes: NodeSettings[] = [
    { id: "input", layer: "Input" },
    ...layers,
    { id: "output", layer: "Dense", units: "auto" },
  ];
  return { nodes, edges: nodes.slice(1).map(({ id }, k) => ({ from: nodes[k]?.id, to: id })) };
}

/** 100 points in two classes, 70 of them to learn from: 7 batches of 10 an epoch; a net of one hidden layer. */
export function small(changes: object = {}): Experiment {
  return parseExperiment({
    version: 1,
    name: "small",
    data: { kind: "xor", samples: 100, validation: 0.3 },
    model: chain({ id: "hidden", layer: "Dense", units: 8, activation: "tanh" }),
    loss: { kind: "categoricalCrossentropy" },
    metrics: ["accuracy"],
    optimizer: { kind: "adam", learningRate: 0.01 },
    batchSize: 10,
    seed: 3,
    ...changes,
  });
}

/** Images (6, 6, 2) in three classes, by a formula: 35 to learn from, 13 for validation. */
export function images(): Dataset {
  const samples = (part: string, count: number) => ({
    count,
    columns: new Map<string, { values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> }>([
      ["image", { values: spread(`${part} images`, count * 72, 1) }],
      ["label", { values: whole(`${part} labels`, count, 3) }],
    ]),
  });
  return {
    inputs: [{ name: "image", shape: [6, 6, 2], dtype: "f32" }],
    target: { name: "label", shape: [], dtype: "i32", categories: ["a", "b", "c"] },
    training: samples("training", 35),
    validation: samples("validation", 13),
  };
}

/** Creates a trainer, and destroys it after its use. */
export async function withTrainer<T>(
  gpu: Gpu,
  experiment: Experiment,
  use: (trainer: Trainer) => Promise<T>,
  dataset?: Dataset,
): Promise<T> {
  const trainer = await Trainer.create(gpuBackend(gpu), experiment, dataset ?? (await loadDataset(experiment)));
  try {
    return await use(trainer);
  } finally {
    trainer.destroy();
  }
}

/** The metrics of every step until so many are done, or a signal. */
export async function advanced(trainer: Trainer, steps: number, options: TrainOptions = {}): Promise<StepMetrics[]> {
  const rows: StepMetrics[] = [];
  await trainer.advance(steps, {
    ...options,
    onMetrics: (more) => {
      rows.push(...more);
      options.onMetrics?.(more);
    },
  });
  return rows;
}

/** Weights by name as plain arrays, so that they are compared bit for bit: -0 and NaN too. */
export async function weightBits(trainer: Trainer): Promise<Record<string, number[]>> {
  const weights = await trainer.weights();
  return Object.fromEntries(
    [...weights].map(([name, { values }]) => [name, [...new Uint32Array(values.slice().buffer)]]),
  );
}

/** What a promise is rejected with. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
