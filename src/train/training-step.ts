import type { Dataset } from "../data/dataset.ts";
import { DescentError } from "../errors.ts";
import { gradient } from "../graph/gradient.ts";
import { add } from "../graph/ops/add.ts";
import { div } from "../graph/ops/div.ts";
import { iota } from "../graph/ops/iota.ts";
import { maximum } from "../graph/ops/maximum.ts";
import { mul } from "../graph/ops/mul.ts";
import { permutationAt } from "../graph/ops/permutation.ts";
import { remainder } from "../graph/ops/remainder.ts";
import { nameOfVariable, variable } from "../graph/ops/variable.ts";
import type { Program } from "../graph/program.ts";
import { sizeOf, type Tensor } from "../graph/tensor.ts";
import type { Values } from "../graph/values.ts";
import type { Experiment } from "../nn/experiment.ts";
import { drawOf, hash } from "../nn/initializer.ts";
import type { Model } from "../nn/model.ts";
import { ModelError } from "../nn/model-error.ts";
import { ofKind } from "../nn/of-kind.ts";
import { optimizers } from "../nn/optimizers.ts";
import { parameterUpdates } from "../nn/parameter-updates.ts";
import { scheduledRate } from "../nn/scheduled-rate.ts";
import { schedules } from "../nn/schedules.ts";
import { gatherBatch } from "./batches.ts";
import { checkBatchSize, type Evaluated, evaluateOn } from "./evaluated.ts";

/** One step of training as graph, with all that its variables start from. */
export interface TrainingStep {
  readonly program: Program;
  readonly model: Model;
  /** Of the batch, f32 scalar. */
  readonly loss: Tensor;
  /** Of the loss with respect to each parameter that is trained, in the model's order. */
  readonly gradients: readonly { readonly node: string; readonly tensor: Tensor }[];
  /** Scalars that may be changed while it runs: "learningRate", "dropout_1.rate" … */
  readonly live: ReadonlyMap<string, LiveScalar>;
  /** Names of the variables with the averaged weights, by the parameter's name; empty where none are kept. */
  readonly averages: ReadonlyMap<string, string>;
  /** The samples, which stay on the GPU. */
  readonly uploads: ReadonlyMap<Tensor, Values>;
  readonly stepsPerEpoch: number;
  /** Steps until the stop conditions end the run by themselves; Infinity where none does. */
  readonly totalSteps: number;
  /** Values of variables before the first step; those it does not name are 0. */
  initialState(): Map<string, Values>;
}

export interface LiveScalar {
  readonly tensor: Tensor;
  readonly value: number;
}

/** The metric that says the scheduled learning rate of each step. */
export const LEARNING_RATE = "learning rate";

/** What is done at most, so that a schedule has an end to go to where the run has none. */
const DEFAULT_TOTAL = 10_000;

/**
 * Builds the step of an experiment: a batch gathered in seeded order, augmentation and forward pass, loss, gradients,
 * the optimizer's updates, counters, metrics. Throws what the model's layers, the loss and the data refuse.
 */
export function trainingStep(experiment: Experiment, dataset: Dataset): TrainingStep {
  const { batchSize, seed } = experiment;
  const { count } = dataset.training;
  checkBatchSize(batchSize, count);
  const stepsPerEpoch = Math.floor(count / batchSize);
  const totalSteps = Math.min(
    experiment.stop.steps ?? Number.POSITIVE_INFINITY,
    experiment.stop.epochs === null
      ? Number.POSITIVE_INFINITY
      : Math.max(1, Math.round(experiment.stop.epochs * stepsPerEpoch)),
  );

  const step = variable("step", [], "u32");
  const random = { seed: variable("seed", [], "u32"), step };
  const positions = add(iota([batchSize], "u32"), mul(remainder(step, stepsPerEpoch), batchSize));
  const epoch = { ...random, step: div(step, stepsPerEpoch), stream: hash("shuffle") };
  const indices = experiment.shuffle ? permutationAt(positions, count, epoch) : positions;
  const batch = gatherBatch(dataset, dataset.training, indices);
  const evaluated = evaluateOn(experiment, dataset, batch.columns, { training: true, random });
  const { model } = evaluated;

  const live = new Map<string, LiveScalar>(model.live.map(({ name, tensor, value }) => [name, { tensor, value }]));
  const number = (name: string, value: number) => {
    const tensor = live.get(name)?.tensor ?? variable(name);
    live.set(name, { tensor, value });
    return tensor;
  };
  const { learningRate, weightDecay, clipValue, clipNorm, average } = experiment.optimizer;
  const { warmup } = experiment.schedule;
  const total = Math.max(1, (Number.isFinite(totalSteps) ? totalSteps : DEFAULT_TOTAL) - warmup);
  const rate = scheduledRate(ofKind(schedules, experiment.schedule.kind), experiment.schedule, {
    learningRate: number("learningRate", learningRate),
    step,
    warmup,
    total,
  });
  const trained = model.parameters.filter(({ frozen }) => !frozen);
  if (trained.length === 0) refuseNothingToTrain(model);
  const tensors = trained.map(({ tensor }) => tensor);
  const loss = meanLoss(evaluated);
  const gradients = gradient(loss, tensors);
  const { updates, initial, averages } = parameterUpdates(tensors, gradients, {
    optimizer: ofKind(optimizers, experiment.optimizer.kind),
    config: experiment.optimizer,
    number,
    rate,
    step,
    weightDecay: number("weightDecay", weightDecay),
    clipValue: clipValue === null ? undefined : number("clipValue", clipValue),
    clipNorm: clipNorm === null ? undefined : number("clipNorm", clipNorm),
    average: average === null ? undefined : number("average", average),
  });
  const statistics = model.statistics.flatMap(({ tensor, next }) =>
    next === undefined ? [] : [[tensor, next] as const],
  );

  return {
    program: {
      updates: [...updates, ...statistics, [step, add(step, 1)]],
      metrics: { ...evaluated.sums, [LEARNING_RATE]: rate },
      batchSize,
    },
    model,
    loss,
    gradients: trained.map(({ node }, k) => ({ node, tensor: gradients[k] as Tensor })),
    live,
    averages: new Map([...averages].map(([parameter, mean]) => [nameOfVariable(parameter), nameOfVariable(mean)])),
    uploads: batch.uploads,
    stepsPerEpoch,
    totalSteps,
    initialState() {
      const state = new Map<string, Values>([["seed", Uint32Array.of(seed)]]);
      for (const { name, tensor, initial } of model.parameters) {
        const values = initial(tensor.shape, drawOf(seed, name));
        state.set(name, values);
        const averaged = averages.get(tensor);
        if (averaged !== undefined) state.set(nameOfVariable(averaged), values);
      }
      for (const { name, tensor, initial } of model.statistics) {
        state.set(name, new Float32Array(sizeOf(tensor.shape)).fill(initial));
      }
      for (const [tensor, values] of initial) state.set(nameOfVariable(tensor), values);
      for (const [name, { value }] of live) state.set(name, Float32Array.of(value));
      return state;
    },
  };
}

function meanLoss({ lossSum, lossCount }: Evaluated): Tensor {
  return div(lossSum, maximum(lossCount, 1));
}

/** The layer that is nearest to the output is the one to thaw first, as in fine-tuning. */
function refuseNothingToTrain({ parameters }: Model): never {
  const last = parameters.at(-1);
  if (last === undefined) {
    throw new DescentError("experiment", {
      en: "there is nothing to train: no layer has parameters; add a Dense layer",
      zh: "没有可训练的内容：没有任何层带有参数；请添加一个 Dense 层",
    });
  }
  const text = {
    en: "there is nothing to train: every layer that has parameters is frozen; thaw one",
    zh: "没有可训练的内容：所有带参数的层都已冻结；请解冻一个层",
  };
  throw new ModelError("experiment", text, { node: last.node }, [{ kind: "thaw" }]);
}
