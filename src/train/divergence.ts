import type { Dataset } from "../data/dataset.ts";
import { DescentError } from "../errors.ts";
import { nameOfVariable } from "../graph/ops/variable.ts";
import type { Values } from "../graph/values.ts";
import type { Experiment } from "../nn/experiment.ts";
import { ModelError, type Repair } from "../nn/model-error.ts";
import type { Backend } from "./backend.ts";
import { holdsSamples } from "./batches.ts";
import { trainingStep } from "./training-step.ts";

export interface Diverged {
  readonly backend: Backend;
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  /** The first step whose loss is no finite number. */
  readonly step: number;
  readonly loss: number;
  /** The experiment's, or what it was set to since. */
  readonly learningRate: number;
  /** What the run had learned before a step, or undefined where that is not known any more. */
  readonly stateBefore: (step: number) => Promise<ReadonlyMap<string, Values> | undefined>;
}

const PLACES = {
  output: { en: "its output", zh: "它的输出" },
  loss: { en: "the loss of its output", zh: "由它的输出算出的损失" },
  gradient: { en: "its gradient", zh: "它的梯度" },
};

interface Place {
  readonly node: string;
  readonly what: keyof typeof PLACES;
  readonly step: number;
}

/**
 * Finds the first layer whose numbers are not finite any more, by doing the last steps once more with everything
 * visible, and says it with the cure. A run is the same bits each time, so that it goes wrong at the same place.
 */
export async function divergenceOf(diverged: Diverged): Promise<ModelError> {
  const { backend, experiment, step, loss, learningRate } = diverged;
  const place = await firstNonFinite(diverged).catch((error: unknown) => {
    backend.assertAlive();
    // There may be no memory to look into it; that it diverged is to be said all the same.
    if (error instanceof DescentError) return undefined;
    throw error;
  });
  const layer = experiment.model.nodes.find(({ id }) => id === place?.node)?.layer;
  const lower = Number(short(learningRate / 10));
  const clips = experiment.optimizer.clipNorm !== null;
  const text = {
    en:
      `the loss is ${Number.isNaN(loss) ? "NaN" : "infinite"} at step ${step}` +
      (place === undefined
        ? ""
        : `; ${PLACES[place.what].en} was the first that is not finite, at step ${place.step}`) +
      `; lower the learning rate from ${short(learningRate)} to ${lower} or less` +
      (clips ? "" : ", or set clipNorm to 1"),
    zh:
      `第 ${step} 步的损失为 ${Number.isNaN(loss) ? "NaN" : "无穷大"}` +
      (place === undefined ? "" : `；最先出现非有限值的是${PLACES[place.what].zh}（第 ${place.step} 步）`) +
      `；请把学习率从 ${short(learningRate)} 降到 ${lower} 或更低` +
      (clips ? "" : "，或将 clipNorm 设为 1"),
  };
  const repairs: Repair[] = [{ kind: "setOptimizer", field: "learningRate", value: lower }];
  if (!clips) repairs.push({ kind: "setOptimizer", field: "clipNorm", value: 1 });
  return new ModelError("diverged", text, { layer, node: place?.node }, repairs);
}

/** Looks at the step before, whose gradients may have spoilt the weights, and then at the step itself. */
async function firstNonFinite(diverged: Diverged): Promise<Place | undefined> {
  const { backend, experiment, dataset, step } = diverged;
  const { model, loss, gradients, uploads } = trainingStep(experiment, dataset);
  const looks = [
    ...[...model.nodes].map(([node, tensor]) => ({ node, tensor, what: "output" as const })),
    { node: model.outputNode, tensor: loss, what: "loss" as const },
    // The gradient comes back from the loss: the last parameters get theirs first.
    ...gradients.toReversed().map(({ node, tensor }) => ({ node, tensor, what: "gradient" as const })),
  ];
  const replay = await backend.create({ outputs: looks.map(({ tensor }) => tensor) });
  const { variables } = replay.plan;
  try {
    for (const [tensor, values] of uploads) {
      if (variables.has(nameOfVariable(tensor))) replay.write(tensor, values);
    }
    for (const at of [step - 1, step]) {
      const state = at < 1 ? undefined : await diverged.stateBefore(at);
      if (state === undefined) continue;
      const known = [...state].filter(([name]) => variables.has(name) && !holdsSamples(name));
      replay.writeState(new Map(known));
      await replay.run(1);
      for (const { node, tensor, what } of looks) {
        const values = await replay.read(tensor);
        if (!values.every(Number.isFinite)) return { node, what, step: at };
      }
    }
    return undefined;
  } finally {
    replay.destroy();
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
