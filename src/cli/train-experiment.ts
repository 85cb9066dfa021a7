import type { Dataset } from "../data/dataset.ts";
import { openGpu } from "../gpu/device.ts";
import { nodeGpu } from "../gpu/node-gpu.ts";
import type { Experiment } from "../nn/experiment.ts";
import { gpuBackend } from "../train/gpu-backend.ts";
import { Trainer } from "../train/trainer.ts";
import { catchInterrupt, type Interrupt } from "./interrupt.ts";
import type { Output, StepMetrics } from "./output.ts";
import { writeWeights } from "./weights-file.ts";

/** Trains to the end, or to Ctrl-C. Gives whether it came to the end; `save` is the path for the weights. */
export async function trainExperiment(
  experiment: Experiment,
  dataset: Dataset,
  output: Output,
  save: string | undefined,
): Promise<boolean> {
  const gpu = await openGpu({ gpu: await nodeGpu() });
  let trainer: Trainer | undefined;
  let interrupt: Interrupt | undefined;
  try {
    trainer = await Trainer.create(gpuBackend(gpu), experiment, dataset);
    interrupt = catchInterrupt();
    output.plan(trainer.summary);
    const finished = await run(trainer, output, interrupt.signal);
    if (save !== undefined) {
      await writeWeights(save, await trainer.weights(), experiment);
      output.saved(save);
    }
    return finished;
  } finally {
    interrupt?.release();
    trainer?.destroy();
    gpu.destroy();
  }
}

async function run(trainer: Trainer, output: Output, signal: AbortSignal): Promise<boolean> {
  let validation: StepMetrics | undefined;
  let loss: number | undefined;
  let trainingMs = 0;
  let since = performance.now();
  const end = await trainer.train({
    signal,
    onMetrics: (rows) => {
      const now = performance.now();
      trainingMs += now - since;
      since = now;
      loss = rows.at(-1)?.loss;
      output.metrics(rows.map(({ learningRate: _, ...metrics }) => metrics));
    },
    onValidation: (metrics) => {
      since = performance.now();
      validation = metrics;
      output.validation(metrics);
    },
  });
  const stepsPerSecond = trainer.steps / Math.max(trainingMs / 1000, 1e-6);
  const result = { steps: trainer.steps, loss, stepsPerSecond, submits: trainer.submits };
  // Ctrl-C may have come in the last validation.
  if (end === "stopped" || validation?.step !== trainer.steps) {
    output.stopped(result);
    return false;
  }
  const { step, ...last } = validation;
  output.done({ ...result, validation: last });
  return true;
}
