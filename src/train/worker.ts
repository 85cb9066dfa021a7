import { DescentError } from "../errors.ts";
import { openGpu } from "../gpu/device.ts";
import { parseExperiment } from "../nn/experiment.ts";
import { presets } from "../nn/presets.ts";
import { loadDataset } from "./load-dataset.ts";
import type { Report, Request } from "./protocol.ts";
import { Trainer } from "./trainer.ts";

// The worker owns the device: training never holds up the page. It trains the first preset, all there is to see so far.

const STEPS_PER_REPORT = 20;

let run: Promise<Trainer> | undefined;
let pause = new AbortController();
/** What was asked for last; a pause lets the submits in flight come back before the next begins. */
let last = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  pause.abort();
  if (data.kind === "pause") return;
  pause = new AbortController();
  const { signal } = pause;
  last = last.then(() => train(signal));
});

/** Trains until the end, or until it is paused. */
async function train(signal: AbortSignal) {
  try {
    run ??= start();
    const trainer = await run;
    const end = await trainer.train({
      signal,
      // The screen shares the GPU.
      targetMs: 16,
      onMetrics: (rows) => {
        for (const { step, loss } of rows) {
          if (step % STEPS_PER_REPORT === 0) report({ kind: "progress", step, loss: loss as number });
        }
      },
    });
    if (end === "finished") report({ kind: "finished" });
  } catch (error) {
    fail(error);
  }
}

async function start(): Promise<Trainer> {
  const [preset] = presets;
  const experiment = parseExperiment(await preset?.load());
  const gpu = await openGpu();
  // Told at once, also while nothing is asked of the device.
  gpu.onFailure(fail);
  return Trainer.create(gpu, experiment, await loadDataset(experiment));
}

function fail(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  report({ kind: "failed", error: error instanceof DescentError ? error.kind : "unknown", message });
}

function report(message: Report) {
  self.postMessage(message);
}
