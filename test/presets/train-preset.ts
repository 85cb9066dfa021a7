import type { Dataset } from "../../src/data/dataset.ts";
import type { Gpu } from "../../src/gpu/device.ts";
import { type Experiment, parseExperiment } from "../../src/nn/experiment.ts";
import { presets } from "../../src/nn/presets.ts";
import { gpuBackend } from "../../src/train/gpu-backend.ts";
import { loadDataset } from "../../src/train/load-dataset.ts";
import { type Metrics, Trainer } from "../../src/train/trainer.ts";
import type { Bar } from "./bars.ts";

export interface Result {
  readonly figure: number;
  readonly bar: number;
  readonly passed: boolean;
  readonly steps: number;
  readonly seconds: number;
}

/** Trains a preset to its own end and measures it against its bar. */
export async function runInFull(gpu: Gpu, bar: Bar): Promise<Result> {
  const experiment = parseExperiment(await presetOf(bar).load());
  const dataset = await datasetOf(experiment, bar);
  return measured(gpu, experiment, dataset, bar, bar.bar);
}

/** Trains a preset for a few steps and measures it against the bar for those. */
export async function runShortly(gpu: Gpu, bar: Bar): Promise<Result> {
  const whole = (await presetOf(bar).load()) as { data: object; batchSize: number };
  const { steps, batchSize = whole.batchSize, data } = bar.short;
  const changed = { ...whole, batchSize, data: { ...whole.data, ...data }, stop: { steps }, validateEvery: steps };
  const experiment = parseExperiment(changed);
  return measured(gpu, experiment, await datasetOf(experiment, bar), bar, bar.short.bar);
}

function presetOf({ preset }: Bar) {
  const found = presets.find(({ name }) => name === preset);
  if (found === undefined) throw new Error(`there is no preset ${preset}`);
  return found;
}

/** The preset's data; for validation, where it can be, samples drawn from another seed. */
async function datasetOf(experiment: Experiment, { fresh }: Bar): Promise<Dataset> {
  const dataset = await loadDataset(experiment);
  if (!fresh) return dataset;
  const { validation } = await loadDataset({ ...experiment, seed: experiment.seed + 1 });
  return { ...dataset, validation };
}

async function measured(
  gpu: Gpu,
  experiment: Experiment,
  dataset: Dataset,
  bar: Bar,
  given: Bar["bar"],
): Promise<Result> {
  const limit = typeof given === "number" ? given : given(dataset);
  const started = performance.now();
  const trainer = await Trainer.create(gpuBackend(gpu), experiment, dataset);
  try {
    let last: Metrics = {};
    await trainer.train({
      onValidation: (metrics) => {
        last = metrics;
      },
    });
    const figure = bar.figure(last);
    const passed = bar.passes === "at least" ? figure >= limit : figure <= limit;
    return { figure, bar: limit, passed, steps: trainer.steps, seconds: (performance.now() - started) / 1000 };
  } finally {
    trainer.destroy();
  }
}
