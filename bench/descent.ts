import { openGpu } from "../src/gpu/device.ts";
import { compile } from "../src/graph/compile.ts";
import { Executor } from "../src/graph/executor.ts";
import { sizeOf } from "../src/graph/tensor.ts";
import type { Contestant } from "./contestant.ts";
import { dataSetOf } from "./data-set.ts";
import type { Network } from "./networks.ts";

/** Losses to average, so that one number stands for an epoch of the model's 512 samples. */
const EPOCH = 8;
/** Many steps in one submit take a software adapter longer than the executor's default. */
const deadlineMs = 120_000;

/** A network in this library: the whole step as one plan, its batches drawn anew on the GPU in each step. */
export async function descent(network: Network): Promise<Contestant> {
  const model = network.model();
  const gpu = await openGpu({ deadlineMs });
  const executor = await Executor.create(gpu, compile(model.program, gpu.profile));
  const values = new Map([...model.initial, ...dataSetOf(network, model).values]);
  for (const [variable, value] of values) executor.write(variable, value);
  const script = timeRecording(gpu.device);
  return {
    parameters: model.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    async train(steps, together = false) {
      const losses: number[] = [];
      script.ms = 0;
      await executor.run(steps, {
        onMetrics: (metrics) => losses.push(...metrics.map((row) => row.loss as number)),
        ...(together ? { stepsPerSubmit: steps } : {}),
      });
      const last = losses.slice(-EPOCH);
      return { loss: last.reduce((sum, loss) => sum + loss, 0) / last.length, scriptMs: script.ms };
    },
    destroy() {
      executor.destroy();
      gpu.destroy();
    },
  };
}

/** Adds up the time from each command encoder's creation to the end of the submit that follows, in one task. */
function timeRecording(device: GPUDevice): { ms: number } {
  const total = { ms: 0 };
  let started = 0;
  device.createCommandEncoder = (descriptor) => {
    started = performance.now();
    return GPUDevice.prototype.createCommandEncoder.call(device, descriptor);
  };
  device.queue.submit = (commands) => {
    GPUQueue.prototype.submit.call(device.queue, commands);
    total.ms += performance.now() - started;
  };
  return total;
}
