import { gradient } from "../../src/graph/gradient.ts";
import { add } from "../../src/graph/ops/add.ts";
import { div } from "../../src/graph/ops/div.ts";
import { gather } from "../../src/graph/ops/gather.ts";
import { iota } from "../../src/graph/ops/iota.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { permutationAt } from "../../src/graph/ops/permutation.ts";
import { remainder } from "../../src/graph/ops/remainder.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Program } from "../../src/graph/program.ts";
import type { RandomKey } from "../../src/graph/random.ts";
import { type DType, type Shape, sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import { adamUpdates } from "./adam-updates.ts";

/** A training step with everything that a real one has, and the values its variables start from. */
export interface Model {
  readonly program: Program;
  readonly loss: Tensor;
  readonly parameters: readonly Tensor[];
  readonly initial: ReadonlyMap<Tensor, ArrayLike<number>>;
  readonly learningRate: Tensor;
}

export interface ModelBuilder {
  /** A parameter drawn uniformly within ±1/√fan-in. */
  parameter(name: string, shape: Shape, fanIn: number): Tensor;
  /** This step's samples of a data set of random values that stays on the GPU. */
  batch(name: string, samples: Shape, values: { dtype: DType; below: number }): Tensor;
  /** A key for random draws, different in each step. */
  key(): RandomKey;
}

/** Samples in a model's data set. */
const SAMPLES = 512;

/** Builds the step around a loss: batches gathered on the GPU in seeded order, gradients, Adam, counters, metrics. */
export function trainingStep(batchSize: number, lossOf: (builder: ModelBuilder) => Tensor): Model {
  const step = variable("step", [], "u32");
  const seed = variable("seed", [], "u32");
  const learningRate = variable("learning rate");
  const initial = new Map<Tensor, ArrayLike<number>>([
    [step, [0]],
    [seed, [42]],
    [learningRate, [1e-3]],
  ]);
  const parameters: Tensor[] = [];
  const random = lcg(7);
  let stream = 1;
  const batches = Math.floor(SAMPLES / batchSize);
  const epoch = div(step, batches);
  const positions = add(iota([batchSize], "u32"), mul(remainder(step, batches), batchSize));
  const indices = permutationAt(positions, SAMPLES, { seed, step: epoch, stream: 0 });
  const loss = lossOf({
    parameter(name, shape, fanIn) {
      const parameter = variable(name, shape);
      const bound = 1 / Math.sqrt(fanIn);
      initial.set(
        parameter,
        Float32Array.from({ length: sizeOf(shape) }, () => (2 * random() - 1) * bound),
      );
      parameters.push(parameter);
      return parameter;
    },
    batch(name, samples, { dtype, below }) {
      const data = variable(name, [SAMPLES, ...samples], dtype);
      const draw = () => (dtype === "f32" ? random() * below : Math.floor(random() * below));
      initial.set(data, Array.from({ length: sizeOf(data.shape) }, draw));
      return gather(data, indices);
    },
    key: () => ({ seed, step, stream: stream++ }),
  });
  const number = (name: string, value: number) => {
    const live = variable(name);
    initial.set(live, [value]);
    return live;
  };
  const { updates } = adamUpdates(parameters, gradient(loss, parameters), { rate: learningRate, step, number });
  const program: Program = { updates: [...updates, [step, add(step, 1)]], metrics: { loss }, batchSize };
  return { program, loss, parameters, initial, learningRate };
}

/** A small reproducible generator (Park and Miller's minimal standard). */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
