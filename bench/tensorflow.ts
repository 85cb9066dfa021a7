import "@tensorflow/tfjs-backend-cpu"; // as in the package `@tensorflow/tfjs`: it computes the smallest tensors
import "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { sizeOf, type Tensor } from "../src/graph/tensor.ts";
import type { Contestant } from "./contestant.ts";
import { dataSetOf } from "./data-set.ts";
import { BATCH, type Network } from "./networks.ts";

/**
 * A network in TensorFlow.js on its WebGPU backend with its settings as they come, from the same weights. One batch
 * lies on the GPU before the first step, labels as one-hot rows; the loss is read after the last step only. Its own
 * `trainOnBatch` would wait for the loss of each step.
 */
export async function tensorflow(network: Network): Promise<Contestant> {
  await tf.setBackend("webgpu");
  await tf.ready();
  if (tf.getBackend() !== "webgpu") throw new Error(`TensorFlow.js runs on "${tf.getBackend()}", not on WebGPU`);
  const ours = network.model();
  const { x, y, values } = dataSetOf(network, ours);
  const batch = firstBatch(x, values);
  const classes = ours.parameters.at(-1)?.shape[0] as number;
  const labels = tf.div(tf.oneHot(firstBatch(y, values) as tf.Tensor1D, classes), BATCH);
  const model = network.layers();
  model.setWeights(ours.parameters.map((parameter) => tensorOf(parameter, ours.initial.get(parameter))));
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tf.train.adam(1e-3);
  const loss = () => crossEntropy(model, batch, labels);
  return {
    parameters: model.countParams(),
    async train(steps) {
      let cost: tf.Scalar | null = null;
      let scriptMs = 0;
      for (let step = 1; step <= steps; step++) {
        const started = performance.now();
        cost = optimizer.minimize(loss, step === steps, variables);
        scriptMs += performance.now() - started;
      }
      const [value] = await (cost as tf.Scalar).data(); // the read waits for all that was submitted before
      cost?.dispose();
      return { loss: value as number, scriptMs };
    },
    destroy() {
      model.dispose();
      optimizer.dispose();
      tf.dispose([batch, labels]);
    },
  };
}

/** −Σ labels · log softmax(logits), with labels that are divided by the batch size: the fewest dispatches there. */
function crossEntropy(model: LayersModel, batch: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  const logits = model.apply(batch, { training: true }) as tf.Tensor;
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), labels))) as tf.Scalar;
}

function firstBatch(variable: Tensor, values: ReadonlyMap<Tensor, ArrayLike<number>>): tf.Tensor {
  const shape = [BATCH, ...variable.shape.slice(1)];
  const all = values.get(variable) as ArrayLike<number>;
  return tf.tensor(Array.from(all).slice(0, sizeOf(shape)), shape, variable.dtype === "i32" ? "int32" : "float32");
}

function tensorOf({ shape }: Tensor, values: ArrayLike<number> | undefined): tf.Tensor {
  return tf.tensor(Float32Array.from(values ?? []), [...shape]);
}
