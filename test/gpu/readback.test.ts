import { expect, test, vi } from "vitest";
import { createBuffer, type GpuBuffer, upload } from "../../src/gpu/buffers.ts";
import type { Gpu } from "../../src/gpu/device.ts";
import { ReadbackRing, readBuffer } from "../../src/gpu/readback.ts";
import { sharedGpu, withGpu } from "./open.ts";

const shared = sharedGpu();

async function numbers(gpu: Gpu, values: readonly number[]): Promise<GpuBuffer> {
  const buffer = await createBuffer(gpu, { bytes: values.length * 4, label: "metrics" });
  upload(gpu, buffer, Uint32Array.from(values));
  return buffer;
}

/** Copies one number in a submit of its own and starts reading it. */
function readOne(gpu: Gpu, ring: ReadbackRing, source: GpuBuffer, index: number): Promise<ArrayBuffer> {
  const encoder = gpu.device.createCommandEncoder();
  ring.copyFrom(encoder, source.handle, index * 4, 4);
  gpu.device.queue.submit([encoder.finish()]);
  return ring.read();
}

test("the ring reads in order and makes no buffer after the first", async () => {
  const gpu = shared();
  const source = await numbers(
    gpu,
    Array.from({ length: 30 }, (_, i) => i * i),
  );
  const ring = await ReadbackRing.create(gpu, 64);
  const made = vi.spyOn(gpu.device, "createBuffer");
  const before = gpu.liveBytes;
  const order: number[] = [];
  for (let index = 0; index < 30; index += 3) {
    const reads = [0, 1, 2].map((k) => readOne(gpu, ring, source, index + k));
    expect(ring.ready).toBe(false);
    await Promise.all(reads.map((read) => read.then((bytes) => order.push(new Uint32Array(bytes)[0] as number))));
    expect(ring.ready).toBe(true);
  }
  expect(order).toEqual(Array.from({ length: 30 }, (_, i) => i * i));
  expect(made).not.toHaveBeenCalled();
  expect(gpu.liveBytes).toBe(before);
  made.mockRestore();
  ring.destroy();
  expect(gpu.liveBytes).toBe(before - 3 * 64);
  source.destroy();
});

test("several copies before one reading lie behind each other", async () => {
  const gpu = shared();
  const source = await numbers(gpu, [10, 11, 12, 13]);
  const ring = await ReadbackRing.create(gpu, 16);
  const encoder = gpu.device.createCommandEncoder();
  ring.copyFrom(encoder, source.handle, 8, 8);
  ring.copyFrom(encoder, source.handle, 0, 4);
  expect(() => ring.copyFrom(encoder, source.handle, 0, 8)).toThrow("20 bytes do not fit the 16");
  gpu.device.queue.submit([encoder.finish()]);
  expect([...new Uint32Array(await ring.read())]).toEqual([12, 13, 10]);
  ring.destroy();
  source.destroy();
});

test("a ring whose buffers are all being read says so", async () => {
  const gpu = shared();
  const source = await numbers(gpu, [1, 2]);
  const ring = await ReadbackRing.create(gpu, 16, 2);
  const reads = [readOne(gpu, ring, source, 0), readOne(gpu, ring, source, 1)];
  expect(() => readOne(gpu, ring, source, 0)).toThrow("all 2 readback buffers are being read");
  await Promise.all(reads);
  expect([...new Uint32Array(await readOne(gpu, ring, source, 1))]).toEqual([2]);
  ring.destroy();
  source.destroy();
});

test("one reading shows what was submitted before it, and nothing later", async () => {
  const gpu = shared();
  const source = await numbers(gpu, [1, 2, 3]);
  const before = gpu.liveBytes;
  const reading = readBuffer(gpu, source.handle, 4, 8);
  upload(gpu, source, Uint32Array.from([7, 8, 9]));
  expect([...new Uint32Array(await reading)]).toEqual([2, 3]);
  expect((await readBuffer(gpu, source.handle, 0, 0)).byteLength).toBe(0);
  expect(gpu.liveBytes).toBe(before);
  source.destroy();
});

test("a reading past the end of the buffer is a typed error that names it, and the device stays usable", async () => {
  const gpu = shared();
  const source = await numbers(gpu, [1]);
  const before = gpu.liveBytes;
  const error = await readBuffer(gpu, source.handle, 0, 64).catch((caught) => caught);
  expect(error).toMatchObject({ kind: "validation", message: expect.stringContaining("metrics") });
  expect(gpu.failure).toBeUndefined();
  expect(gpu.liveBytes).toBe(before);
  source.destroy();
});

test("after a loss readings reject with the typed error, those under way as well", () =>
  withGpu(async (gpu) => {
    const source = await numbers(gpu, [1]);
    const ring = await ReadbackRing.create(gpu, 16);
    const underWay = [readOne(gpu, ring, source, 0), readBuffer(gpu, source.handle, 0, 4)];
    gpu.device.destroy(); // not through gpu: it learns of it only by events
    for (const read of await Promise.allSettled(underWay)) {
      expect(read).toMatchObject({ status: "rejected", reason: { kind: "device-lost" } });
    }
    await expect(ring.read()).rejects.toMatchObject({ kind: "device-lost" });
    await expect(readBuffer(gpu, source.handle, 0, 4)).rejects.toMatchObject({ kind: "device-lost" });
    expect(() => ring.copyFrom(gpu.device.createCommandEncoder(), source.handle, 0, 4)).toThrow("on purpose");
  }));

test("a step whose commands WebGPU refused is never read as done", () =>
  withGpu(async (gpu) => {
    const source = await numbers(gpu, [1]);
    const ring = await ReadbackRing.create(gpu, 16);
    const encoder = gpu.device.createCommandEncoder({ label: gpu.label({ op: "adam", node: "dense_1" }) });
    ring.copyFrom(encoder, source.handle, 4, 4); // past the end
    gpu.device.queue.submit([encoder.finish()]);
    await expect(ring.read()).rejects.toMatchObject({ kind: "validation", op: "adam", node: "dense_1" });
  }));

test("a GPU that does not answer is a timeout, and the device counts as failed", () =>
  withGpu(async (gpu) => {
    const source = await numbers(gpu, [1]);
    const ring = await ReadbackRing.create(gpu, 16);
    const map = vi
      .spyOn(Object.getPrototypeOf(source.handle), "mapAsync")
      .mockReturnValue(new Promise(() => undefined));
    await expect(readOne(gpu, ring, source, 0)).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("the GPU does not answer"),
    });
    map.mockRestore();
    expect(gpu.failure).toMatchObject({ kind: "timeout" });
  }, 50));
