import { afterAll, beforeAll } from "vitest";
import { type Gpu, openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";

/** One device for all the tests of a file, destroyed at their end. */
export function sharedGpu(): () => Gpu {
  let gpu: Gpu | undefined;
  beforeAll(async () => {
    gpu = await openGpu({ gpu: await nodeGpu() });
  });
  afterAll(() => gpu?.destroy());
  return () => gpu as Gpu;
}

/** Runs `use` with a device of its own, which it may break. */
export async function withGpu(use: (gpu: Gpu) => Promise<void>, deadlineMs?: number): Promise<void> {
  const gpu = await openGpu({ gpu: await nodeGpu(), deadlineMs });
  try {
    await use(gpu);
  } finally {
    gpu.destroy();
  }
}
