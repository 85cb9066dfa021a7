import type { Experiment } from "../../src/train/protocol.ts";

/** A small experiment as the engine has read it. */
export const plainExperiment: Experiment = {
  version: 1,
  name: "plain",
  data: { kind: "spiral", samples: 1000, noise: 0.02 },
  model: {
    nodes: [
      { id: "input", layer: "Input", frozen: false },
      { id: "dense_1", layer: "Dense", units: 32, activation: "relu", frozen: false },
      { id: "dense_2", layer: "Dense", units: 32, activation: "relu", frozen: false },
      { id: "dense_3", layer: "Dense", units: "auto", activation: "linear", frozen: false },
    ],
    edges: [
      { from: "input", to: "dense_1" },
      { from: "dense_1", to: "dense_2" },
      { from: "dense_2", to: "dense_3" },
    ],
  },
  loss: { kind: "categoricalCrossentropy", labelSmoothing: 0 },
  metrics: ["accuracy"],
  optimizer: {
    kind: "adam",
    learningRate: 0.01,
    weightDecay: 0,
    clipValue: null,
    clipNorm: null,
    average: null,
    beta1: 0.9,
  },
  schedule: { kind: "constant", warmup: 0 },
  batchSize: 64,
  shuffle: true,
  validateEvery: null,
  stop: { steps: 1500, epochs: null, loss: null, accuracy: null, patience: null },
  seed: 1,
};

/** The same with other numbers for the optimizer. */
export function withRate(learningRate: number): Experiment {
  return { ...plainExperiment, optimizer: { ...plainExperiment.optimizer, learningRate } };
}
