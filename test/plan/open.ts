import { afterAll, beforeAll } from "vitest";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { type CompileOptions, compile } from "../../src/graph/compile.ts";
import { Executor } from "../../src/graph/executor.ts";
import type { Program } from "../../src/graph/program.ts";
import type { StepMetrics } from "../../src/graph/run-options.ts";
import type { Tensor } from "../../src/graph/tensor.ts";

/** A naive plan of many dispatches on a busy software adapter is slow, not hung. */
const PATIENT_MS = 90_000;

/** One device for all the tests of a file, destroyed at their end. */
export function sharedGpu(): () => Gpu {
  let gpu: Gpu | undefined;
  beforeAll(async () => {
    gpu = await openGpu({ gpu: await nodeGpu(), deadlineMs: PATIENT_MS });
  });
  afterAll(() => gpu?.destroy());
  return () => gpu as Gpu;
}

/** Plans that leave every optimisation out. */
export const NAIVE: CompileOptions = { fuse: false, inPlace: false, reuseMemory: false };

/** How to compile, for another kind of adapter or one with lower limits than the one that runs it. */
export interface PlanOptions extends CompileOptions {
  readonly software?: boolean;
  readonly maxBindings?: number;
}

export type Initial = Iterable<readonly [Tensor, ArrayLike<number>]>;

/** An executor with the program's variables written. */
export async function executorOf(
  gpu: Gpu,
  program: Program,
  initial: Initial = [],
  { software = gpu.profile.software, maxBindings = gpu.profile.maxBindings, ...options }: PlanOptions = {},
): Promise<Executor> {
  const profile = { ...gpu.profile, software, maxBindings };
  const executor = await Executor.create(gpu, compile(program, profile, options));
  for (const [variable, values] of initial) executor.write(variable, values);
  return executor;
}

/** Runs `use` with an executor and frees its memory. */
export async function withExecutor<T>(
  gpu: Gpu,
  program: Program,
  initial: Initial,
  use: (executor: Executor) => Promise<T>,
  options: PlanOptions = {},
): Promise<T> {
  const executor = await executorOf(gpu, program, initial, options);
  try {
    return await use(executor);
  } finally {
    executor.destroy();
  }
}

/** The losses of so many steps. */
export async function lossesOf(executor: Executor, steps: number, stepsPerSubmit = 10): Promise<number[]> {
  const losses: number[] = [];
  const onMetrics = (metrics: readonly StepMetrics[]) => {
    losses.push(...metrics.map(({ loss }) => loss as number));
  };
  await executor.run(steps, { stepsPerSubmit, onMetrics });
  return losses;
}
