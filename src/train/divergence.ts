import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/device.ts";
import { compile } from "../graph/compile.ts";
import { Executor } from "../graph/executor.ts";
import { nameOfVariable } from "../graph/ops/variable.ts";
import type { Values } from "../graph/values.ts";
import type { Experiment } from "../nn/experiment.ts";
import { ModelError } from "../nn/model-error.ts";
import { holdsSamples } from "./batches.ts";
import { trainingStep } from "./training-step.ts";

export interface Diverged {
  readonly gpu: Gpu;
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  /** The first step whose loss is no finite number. */
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
  /** What the run had learned before a step, or undefined where that is not known any more. */
  readonly stateBefore: (step: number) => Promise<ReadonlyMap<string, Values> | undefined>;
}

interface Place {
  readonly node: string;
  readonly what: "output" | "gradient";
  readonly step: number;
}

/**
 * Finds the first layer whose numbers are not finite any more, by doing the last steps once more with everything
 * visible, and says it with the cure. A run is the same bits each time, so that it goes wrong at the same place.
 */
export async function divergenceOf(diverged: Diverged): Promise<ModelError> {
  const { experiment, step, loss, learningRate } = diverged;
  const place = await firstNonFinite(diverged);
  const layer = experiment.model.nodes.find(({ id }) => id === place?.node)?.layer;
  const lower = learningRate / 10;
  const shown = Number.isNaN(loss) ? "NaN" : loss > 0 ? "infinite" : "−∞";
  const where =
    place === undefined ? undefined : `its ${place.what} was the first that is not finite, at step ${place.step}`;
  const text = {
    en:
      `the loss is ${shown} at step ${step}${where === undefined ? "" : `; ${where}`}; ` +
      `lower the learning rate from ${short(learningRate)} to ${short(lower)} or less, or set clipNorm to 1`,
    zh:
      `第 ${step} 步的损失为 ${Number.isNaN(loss) ? "NaN" : "无穷大"}` +
      (place === undefined
        ? ""
        : `；最先出现非有限值的是它的${place.what === "output" ? "输出" : "梯度"}（第 ${place.step} 步）`) +
      `；请把学习率从 ${short(learningRate)} 降到 ${short(lower)} 或更低，或将 clipNorm 设为 1`,
  };
  return new ModelError("diverged", text, { layer, node: place?.node }, [
    { kind: "setOptimizer", field: "learningRate", value: lower },
    { kind: "setOptimizer", field: "clipNorm", value: 1 },
  ]);
}

/** Looks at the step before, whose gradients may have spoilt the weights, and then at the step itself. */
async function firstNonFinite(diverged: Diverged): Promise<Place | undefined> {
  const { gpu, experiment, dataset, step } = diverged;
  const { model, gradients, uploads } = trainingStep(experiment, dataset);
  const looks = [
    ...[...model.nodes].map(([node, tensor]) => ({ node, tensor, what: "output" as const })),
    // The gradient comes back from the loss: the last parameters get theirs first.
    ...gradients.toReversed().map(({ node, tensor }) => ({ node, tensor, what: "gradient" as const })),
  ];
  const plan = compile({ outputs: looks.map(({ tensor }) => tensor) }, gpu.profile);
  const executor = await Executor.create(gpu, plan);
  try {
    for (const [tensor, values] of uploads) {
      if (plan.variables.has(nameOfVariable(tensor))) executor.write(tensor, values);
    }
    for (const at of [step - 1, step]) {
      const state = at < 1 ? undefined : await diverged.stateBefore(at);
      if (state === undefined) continue;
      const known = [...state].filter(([name]) => plan.variables.has(name) && !holdsSamples(name));
      executor.writeState(new Map(known));
      await executor.run(1);
      for (const { node, tensor, what } of looks) {
        if (!allFinite(await executor.read(tensor))) return { node, what, step: at };
      }
    }
    return undefined;
  } finally {
    executor.destroy();
  }
}

function allFinite(values: Values): boolean {
  return values.every(Number.isFinite);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
