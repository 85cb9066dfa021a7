import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { permutation } from "../../src/graph/ops/permutation.ts";
import { nameOfVariable } from "../../src/graph/ops/variable.ts";
import { sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import type { Experiment } from "../../src/nn/experiment.ts";
import { hash } from "../../src/nn/initializer.ts";
import { trainingStep } from "../../src/train/training-step.ts";
import { evaluateOn } from "../ops/evaluate.ts";
import { sharedGpu } from "../plan/open.ts";
import { advanced, chain, images, small, weightBits, withTrainer } from "./small-run.ts";

const gpu = sharedGpu();

/** Everything that draws at random: order of the samples, augmentation, noise, dropout. */
const drawing = {
  model: chain(
    { id: "flip", layer: "RandomFlip" },
    { id: "shift", layer: "RandomTranslation" },
    { id: "conv", layer: "Conv2D", filters: 4, kernelSize: 3, activation: "relu" },
    { id: "spatial", layer: "SpatialDropout", rate: 0.2 },
    { id: "flat", layer: "Flatten" },
    { id: "noise", layer: "GaussianNoise", deviation: 0.1 },
    { id: "drop", layer: "Dropout", rate: 0.3 },
  ),
  batchSize: 8,
};

/** Weights and losses after a run. */
function outcome(experiment: Experiment, dataset: Dataset | undefined, steps: number, targetMs?: number) {
  return withTrainer(
    gpu(),
    experiment,
    async (trainer) => {
      const rows = await advanced(trainer, steps, targetMs === undefined ? {} : { targetMs });
      return { losses: rows.map(({ loss }) => loss), weights: await weightBits(trainer), submits: trainer.submits };
    },
    dataset,
  );
}

describe("the same experiment and seed give the same weights, bit for bit", () => {
  test("twice, and with submits of one step or of many", async () => {
    const first = await outcome(small(), undefined, 30);
    const { submits, ...single } = await outcome(small(), undefined, 30, 1e-6);
    const many = await outcome(small(), undefined, 30, 1e6);
    expect(submits).toBe(30);
    expect(many.submits).toBeLessThan(30);
    expect(single).toEqual({ losses: first.losses, weights: first.weights });
    expect(many).toMatchObject({ losses: first.losses, weights: first.weights });
  });

  test("with augmentation, noise, dropout and shuffling", async () => {
    const { submits: _, ...first } = await outcome(small(drawing), images(), 12);
    expect(await outcome(small(drawing), images(), 12, 1e-6)).toMatchObject(first);
  });

  test("and another seed gives others", async () => {
    const [first, other] = [await outcome(small(), undefined, 1), await outcome(small({ seed: 4 }), undefined, 1)];
    for (const name of ["hidden.kernel", "output.kernel"]) expect(other.weights[name]).not.toEqual(first.weights[name]);
    expect(other.losses).not.toEqual(first.losses);
  });
});

describe("the samples of an epoch", () => {
  const COUNT = 22;
  const BATCH = 5;
  const SEED = 11;
  const STEPS_PER_EPOCH = 4;

  /** Sample k has the target 2^k, and all inputs are 0. */
  function powersOfTwo(): Dataset {
    const samples = {
      count: COUNT,
      columns: new Map([
        ["zero", { values: new Float32Array(COUNT) }],
        ["power", { values: Float32Array.from({ length: COUNT }, (_, k) => 2 ** k) }],
      ]),
    };
    return {
      inputs: [{ name: "zero", shape: [1], dtype: "f32" }],
      target: { name: "power", shape: [1], dtype: "f32" },
      training: samples,
      validation: samples,
    };
  }

  /** The samples of each batch in ascending order: the bits of its absolute errors' sum, which is exact in f32. */
  async function batches(steps: number, shuffle: boolean): Promise<number[][]> {
    const experiment = small({
      // All numbers of its input are 0, and so is its bias, which stays so.
      model: chain(),
      optimizer: { kind: "sgd", learningRate: 0 },
      loss: { kind: "meanAbsoluteError" },
      metrics: [],
      batchSize: BATCH,
      seed: SEED,
      shuffle,
    });
    const rows = await withTrainer(gpu(), experiment, (trainer) => advanced(trainer, steps), powersOfTwo());
    return rows.map(({ loss }) => {
      const sum = Math.round((loss as number) * BATCH);
      return Array.from({ length: COUNT }, (_, k) => k).filter((k) => (sum & (1 << k)) !== 0);
    });
  }

  /** The same from the interpreter. */
  function expected(epoch: number): number[][] {
    const key = { seed: constant(SEED, [], "u32"), step: constant(epoch, [], "u32"), stream: hash("shuffle") };
    const [order] = interpret([permutation(COUNT, key)]) as [NdArray];
    return Array.from({ length: STEPS_PER_EPOCH }, (_, batch) =>
      [...order.data.subarray(batch * BATCH, (batch + 1) * BATCH)].sort((a, b) => a - b),
    );
  }

  test("come in the interpreter's order, another in each epoch, and none of them twice", async () => {
    const seen = await batches(2 * STEPS_PER_EPOCH, true);
    expect(seen).toEqual([...expected(0), ...expected(1)]);
    for (const epoch of [seen.slice(0, STEPS_PER_EPOCH), seen.slice(STEPS_PER_EPOCH)]) {
      expect(new Set(epoch.flat()).size).toBe(STEPS_PER_EPOCH * BATCH);
    }
    expect(seen.slice(STEPS_PER_EPOCH)).not.toEqual(seen.slice(0, STEPS_PER_EPOCH));
  });

  test("come as they lie where they are not shuffled, and from the start again", async () => {
    const inOrder = [0, 5, 10, 15].map((first) => [0, 1, 2, 3, 4].map((k) => first + k));
    expect(await batches(5, false)).toEqual([...inOrder, inOrder[0]]);
  });
});

describe("random numbers of a model in training", () => {
  /** Every variable of a graph with the value it has at a step. */
  function feedAt(experiment: Experiment, dataset: Dataset, outputs: readonly Tensor[], at: number) {
    const { uploads, initialState } = trainingStep(experiment, dataset);
    const state = new Map(initialState()).set("step", Uint32Array.of(at));
    for (const [tensor, values] of uploads) state.set(nameOfVariable(tensor), values);
    const tensors = callsOf(outputs).flatMap(({ op, outputs: made }) => (op.name === "variable" ? made : []));
    return new Map(
      tensors.map((tensor) => {
        const values = state.get(nameOfVariable(tensor)) ?? new Float32Array(sizeOf(tensor.shape));
        return [tensor, new NdArray(tensor.shape, Float64Array.from(values), tensor.dtype)];
      }),
    );
  }

  test("are the same bits in the interpreter and on the GPU, at every step", async () => {
    const experiment = small({
      ...drawing,
      model: chain(
        { id: "flip", layer: "RandomFlip", mode: "both" },
        { id: "spatial", layer: "SpatialDropout", rate: 0.4 },
        { id: "drop", layer: "Dropout", rate: 0.3 },
        { id: "flat", layer: "Flatten" },
      ),
    });
    const { nodes } = trainingStep(experiment, images()).model;
    const outputs = ["flip", "spatial", "drop"].map((id) => nodes.get(id) as Tensor);
    const masks: string[] = [];
    for (const step of [0, 1, 7]) {
      const feed = feedAt(experiment, images(), outputs, step);
      const wanted = interpret(outputs, feed);
      const got = await evaluateOn(gpu())(outputs, feed);
      // Shuffling, gathering and flipping move values, and change none.
      expect(got[0]?.data).toEqual(wanted[0]?.data);
      for (const k of [1, 2]) expect(zerosOf(got[k])).toBe(zerosOf(wanted[k]));
      masks.push(zerosOf(got[2]));
    }
    expect(new Set(masks).size).toBe(3);
  });

  function zerosOf(values: NdArray | undefined): string {
    return [...(values?.data ?? [])].map((value) => (value === 0 ? "0" : "1")).join("");
  }
});
