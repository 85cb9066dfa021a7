import { expect, test, vi } from "vitest";
import type { Gpu } from "../../src/gpu/device.ts";
import { SubmitQueue } from "../../src/gpu/submits.ts";
import { sharedGpu, withGpu } from "./open.ts";

const shared = sharedGpu();

function nothing(gpu: Gpu): GPUCommandBuffer {
  return gpu.device.createCommandEncoder().finish();
}

test("at most two submits are in flight", async () => {
  const gpu = shared();
  const queue = new SubmitQueue(gpu);
  for (let step = 0; step < 20; step++) {
    await queue.whenReady();
    expect(queue.inFlight).toBeLessThan(2);
    queue.submit(nothing(gpu));
  }
  await queue.whenIdle();
  expect(queue.inFlight).toBe(0);
  queue.submit(nothing(gpu));
  queue.submit(nothing(gpu));
  expect(queue.inFlight).toBe(2);
  expect(() => queue.submit(nothing(gpu))).toThrow("2 submits are in flight; await whenReady()");
  await queue.whenReady();
  expect(queue.inFlight).toBeLessThan(2);
});

test("a lost device is thrown even where it answers that the work is done", () =>
  withGpu(async (gpu) => {
    const queue = new SubmitQueue(gpu);
    queue.submit(nothing(gpu));
    queue.submit(nothing(gpu));
    gpu.destroy();
    await gpu.device.queue.onSubmittedWorkDone(); // resolves all the same
    await expect(queue.whenReady()).rejects.toMatchObject({ kind: "device-lost" });
    await expect(queue.whenIdle()).rejects.toMatchObject({ kind: "device-lost" });
    expect(() => queue.submit(nothing(gpu))).toThrow("on purpose");
  }));

test("a dispatch that never ends is a timeout, and the device counts as failed", () =>
  withGpu(async (gpu) => {
    const never = vi.spyOn(gpu.device.queue, "onSubmittedWorkDone").mockReturnValue(new Promise(() => undefined));
    const queue = new SubmitQueue(gpu, 1);
    queue.submit(nothing(gpu));
    await expect(queue.whenReady()).rejects.toMatchObject({
      kind: "timeout",
      message: "the GPU does not answer: the oldest submit took more than 50 ms",
    });
    never.mockRestore();
    expect(gpu.failure).toMatchObject({ kind: "timeout" });
    expect(() => queue.submit(nothing(gpu))).toThrow("the GPU does not answer");
  }, 50));
