import { expect, test } from "vitest";
import type { DescentError } from "../../src/errors.ts";
import { createBuffer, createBuffers, formatBytes, upload } from "../../src/gpu/buffers.ts";
import { readBuffer } from "../../src/gpu/readback.ts";
import { sharedGpu, withGpu } from "./open.ts";

const shared = sharedGpu();

test("a buffer has its size rounded up to 4 bytes, a label, and zeros in it", async () => {
  const gpu = shared();
  for (const [bytes, size] of [
    [0, 4],
    [1, 4],
    [4, 4],
    [13, 16],
  ] as const) {
    const buffer = await createBuffer(gpu, { bytes, label: "weights dense_1" });
    expect(buffer.bytes).toBe(size);
    expect(buffer.handle.label).toBe("weights dense_1");
    expect(new Uint8Array(await readBuffer(gpu, buffer.handle, 0, size))).toEqual(new Uint8Array(size));
    buffer.destroy();
  }
});

test("what is uploaded is read back, also views into the middle and sizes that are no multiple of 4", async () => {
  const gpu = shared();
  const buffer = await createBuffer(gpu, { bytes: 32, label: "x" });
  const source = Uint8Array.from({ length: 20 }, (_, i) => i + 1);
  upload(gpu, buffer, source.subarray(3, 10), 8);
  upload(gpu, buffer, new Float32Array([1.5]).buffer, 28);
  const read = await readBuffer(gpu, buffer.handle, 0, 32);
  expect([...new Uint8Array(read, 0, 20)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 4, 5, 6, 7, 8, 9, 10, 0, 0, 0, 0, 0]);
  expect(new Float32Array(read, 28)[0]).toBe(1.5);
  buffer.destroy();
});

test("an upload larger than one write arrives whole", async () => {
  const gpu = shared();
  const data = Uint32Array.from({ length: 2 ** 22 + 3 }, (_, i) => i); // 16 MiB and 12 bytes
  const buffer = await createBuffer(gpu, { bytes: data.byteLength, label: "images" });
  upload(gpu, buffer, data);
  const read = new Uint32Array(await readBuffer(gpu, buffer.handle, 0, data.byteLength));
  expect(Buffer.from(read.buffer).equals(Buffer.from(data.buffer))).toBe(true);
  buffer.destroy();
});

test("an upload that does not fit is refused with the sizes", async () => {
  const gpu = shared();
  const buffer = await createBuffer(gpu, { bytes: 8, label: "bias" });
  expect(() => upload(gpu, buffer, new Uint8Array(9))).toThrow('9 bytes at 0 do not fit the 8 bytes of "bias"');
  expect(() => upload(gpu, buffer, new Uint8Array(4), 2)).toThrow("4 bytes at 2");
  expect(gpu.failure).toBeUndefined();
  buffer.destroy();
});

test("a buffer past the device's limits is refused before anything is allocated", async () => {
  const gpu = shared();
  const before = gpu.liveBytes;
  const bytes = gpu.limits.maxBufferSize + 4;
  const origin = { op: "conv2d", node: "conv_2" };
  const requests = [
    { bytes: 1024, label: "small" },
    { bytes, label: "activations", origin },
  ];
  const error = (await createBuffers(gpu, requests).catch((caught) => caught)) as DescentError;
  expect(error).toMatchObject({ kind: "limit", ...origin });
  expect(error.message).toContain('the buffer "activations" needs');
  expect(error.message).toContain(bytes.toLocaleString("en-US"));
  expect(error.message).toMatch(/the device's max\w+ is [\d,]+ bytes .*; use a smaller batch/);
  expect(gpu.liveBytes).toBe(before);
});

test("a GPU without memory left gives a typed error with the bytes asked, and stays usable", async (context) => {
  const gpu = shared();
  const keep = await createBuffer(gpu, { bytes: 16, label: "model" });
  upload(gpu, keep, new Uint32Array([1, 2, 3, 4]));
  const before = gpu.liveBytes;
  const bytes = 2 ** 30;
  // A software adapter refuses the first such buffer; a GPU may have room for it, and is not filled up for a test.
  if (!gpu.profile.software || gpu.limits.maxBufferSize < bytes)
    context.skip("only a software adapter refuses 1 GiB at once");
  const requests = [
    { bytes: 1024, label: "small" },
    { bytes, label: "arena 1" },
  ];
  const error = (await createBuffers(gpu, requests).catch((caught) => caught)) as DescentError;
  expect(error).toMatchObject({ kind: "out-of-memory" });
  expect(error.message).toContain('no 1,073,741,824 bytes (1.0 GiB) left for the buffer "arena 1"');
  expect(gpu.liveBytes).toBe(before); // the small one was given back
  expect(gpu.failure).toBeUndefined();
  expect([...new Uint32Array(await readBuffer(gpu, keep.handle, 0, 16))]).toEqual([1, 2, 3, 4]);
  keep.destroy();
});

test("after 1000 cycles of creating and destroying, the live bytes are what they were", async () => {
  const gpu = shared();
  const before = gpu.liveBytes;
  for (let cycle = 0; cycle < 1000; cycle++) {
    const buffers = await createBuffers(gpu, [
      { bytes: 2 ** 20, label: "parameters" },
      { bytes: 100, label: "state" },
    ]);
    expect(gpu.liveBytes).toBe(before + 2 ** 20 + 100);
    for (const buffer of buffers) buffer.destroy();
    buffers[0]?.destroy(); // a second time changes nothing
  }
  expect(gpu.liveBytes).toBe(before);
  expect(gpu.failure).toBeUndefined();
});

test("no buffer is made on a device that is gone", () =>
  withGpu(async (gpu) => {
    gpu.destroy();
    await expect(createBuffer(gpu, { bytes: 4, label: "late" })).rejects.toMatchObject({ kind: "device-lost" });
  }));

test("a device that goes while buffers are made gives none", () =>
  withGpu(async (gpu) => {
    const making = createBuffer(gpu, { bytes: 4, label: "late" });
    gpu.destroy();
    await expect(making).rejects.toMatchObject({ kind: "device-lost" });
    expect(gpu.liveBytes).toBe(0);
  }));

test("bytes are written with their unit", () => {
  expect(formatBytes(100)).toBe("100 bytes");
  expect(formatBytes(2048)).toBe("2,048 bytes (2.0 KiB)");
  expect(formatBytes(3 * 2 ** 30)).toBe("3,221,225,472 bytes (3.0 GiB)");
});
