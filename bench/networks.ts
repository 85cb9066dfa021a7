import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { convnet } from "../test/models/convnet.ts";
import { lstmModel } from "../test/models/lstm.ts";
import { mlp } from "../test/models/mlp.ts";
import type { Model } from "../test/models/model.ts";

export const BATCH = 64;

/** A network as both libraries have it: parameter for parameter the same, in the same order and layout. */
export interface Network {
  readonly name: string;
  /** Our whole training step. */
  readonly model: () => Model;
  /** TensorFlow.js's layers, from a batch to logits. */
  readonly layers: () => LayersModel;
  /** The data set's tensors, by the names that our model gives them. */
  readonly data: { readonly x: string; readonly y: string };
}

const images = { x: "images", y: "labels" };
const text = { x: "text", y: "next" };

export const networks: readonly Network[] = [
  { name: "MLP 784-128-10", model: () => mlp(BATCH, 784, 128), layers: () => dense(784, 128), data: images },
  { name: "MLP 16-64-10", model: () => mlp(BATCH, 16, 64), layers: () => dense(16, 64), data: images },
  { name: "convnet", model: () => convnet(BATCH), layers: convolutional, data: images },
  { name: "LSTM", model: () => lstmModel(BATCH, 32, 64, 65), layers: () => recurrent(32, 64, 65), data: text },
];

function dense(features: number, hidden: number): LayersModel {
  return sequential({
    layers: [layers.dense({ inputShape: [features], units: hidden, activation: "relu" }), layers.dense({ units: 10 })],
  });
}

function convolutional(): LayersModel {
  return sequential({
    layers: [
      layers.conv2d({ inputShape: [28, 28, 1], filters: 32, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 10 }),
    ],
  });
}

function recurrent(steps: number, units: number, vocabulary: number): LayersModel {
  // The initializer is only named because the default one, orthogonal, takes seconds; the weights are set to ours.
  const recurrentInitializer = "glorotUniform";
  return sequential({
    layers: [
      layers.embedding({ inputShape: [steps], inputDim: vocabulary, outputDim: units }),
      layers.lstm({ units, recurrentActivation: "sigmoid", recurrentInitializer }),
      layers.dense({ units: vocabulary }),
    ],
  });
}
