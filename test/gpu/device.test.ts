import { expect, test, vi } from "vitest";
import type { DescentError } from "../../src/errors.ts";
import { createBuffer, MAP_READ, STORAGE } from "../../src/gpu/buffers.ts";
import { Gpu, openGpu } from "../../src/gpu/device.ts";
import { nodeGpu } from "../../src/gpu/node-gpu.ts";
import { readBuffer } from "../../src/gpu/readback.ts";
import { sharedGpu, withGpu } from "./open.ts";

const shared = sharedGpu();

test("the device has the adapter's real limits", async () => {
  const adapter = (await (await nodeGpu()).requestAdapter({ powerPreference: "high-performance" })) as GPUAdapter;
  const { limits, profile } = shared();
  expect(limits.maxBufferSize).toBe(adapter.limits.maxBufferSize);
  expect(limits.maxStorageBufferBindingSize).toBe(adapter.limits.maxStorageBufferBindingSize);
  expect(limits.maxStorageBuffersPerShaderStage).toBe(adapter.limits.maxStorageBuffersPerShaderStage);
  expect(limits.maxComputeWorkgroupStorageSize).toBe(adapter.limits.maxComputeWorkgroupStorageSize);
  expect(limits.maxComputeInvocationsPerWorkgroup).toBe(adapter.limits.maxComputeInvocationsPerWorkgroup);
  expect(limits.maxComputeWorkgroupSizeX).toBe(adapter.limits.maxComputeWorkgroupSizeX);
  expect(profile.maxBufferBytes).toBe(adapter.limits.maxBufferSize);
  expect(profile.maxBindings).toBe(adapter.limits.maxStorageBuffersPerShaderStage);
});

test("optional features are there exactly where the adapter has them", async () => {
  const adapter = (await (await nodeGpu()).requestAdapter({ powerPreference: "high-performance" })) as GPUAdapter;
  for (const feature of ["timestamp-query", "shader-f16", "subgroups"] as const) {
    expect(shared().device.features.has(feature)).toBe(adapter.features.has(feature));
  }
});

test("an adapter that computes on the CPU is known as software", async () => {
  const { info } = (await (await nodeGpu()).requestAdapter()) as GPUAdapter;
  expect(shared().profile.software).toBe(/swiftshader|llvmpipe/i.test(`${info.architecture} ${info.description}`));
});

test("smaller limits may be asked for", async () => {
  const gpu = await openGpu({ gpu: await nodeGpu(), requiredLimits: { maxStorageBuffersPerShaderStage: 8 } });
  expect(gpu.profile.maxBindings).toBe(8);
  gpu.destroy();
});

test("limits that the adapter does not have end in a typed error", async () => {
  const opening = openGpu({ gpu: await nodeGpu(), requiredLimits: { maxComputeInvocationsPerWorkgroup: 1e6 } });
  await expect(opening).rejects.toMatchObject({ name: "DescentError", kind: "no-webgpu" });
});

test("without an adapter the error says what to do", async () => {
  const gpu = { requestAdapter: async () => null } as unknown as GPU;
  const error = await openGpu({ gpu }).catch((caught: DescentError) => caught);
  expect(error).toMatchObject({ name: "DescentError", kind: "no-webgpu" });
  expect((error as DescentError).message).toMatch(/graphics driver.*Chrome or Edge 113.*Safari 26.*Firefox 141.*145/);
  expect((error as DescentError).message).not.toContain("Node");
});

test("without WebGPU the error says which browsers have it, and in Node what to pass", async () => {
  vi.stubGlobal("navigator", {});
  const inNode = await openGpu().catch((caught: DescentError) => caught);
  vi.stubGlobal("self", globalThis);
  const inBrowser = await openGpu().catch((caught: DescentError) => caught);
  vi.unstubAllGlobals();
  expect(inNode).toMatchObject({ kind: "no-webgpu", message: "there is no WebGPU here; in Node pass nodeGpu()" });
  expect(inBrowser).toMatchObject({ kind: "no-webgpu" });
  expect((inBrowser as DescentError).message).toMatch(/Chrome or Edge 113.*Safari 26.*Firefox 141.*145 on macOS$/);
});

test("an error nobody caught is the failure, and names the op and node by their label", () =>
  withGpu(async (gpu) => {
    const told: DescentError[] = [];
    gpu.onFailure((failure) => told.push(failure));
    const origin = { op: "matmul", node: "dense_1" };
    const layout = gpu.device.createBindGroupLayout({
      entries: [{ binding: 0, visibility: 4, buffer: { type: "storage" } }],
    });
    gpu.device.createBindGroup({ label: gpu.label(origin), layout, entries: [] });
    await vi.waitFor(() => expect(gpu.failure).toBeDefined());
    expect(gpu.failure).toMatchObject({ kind: "validation", op: "matmul", node: "dense_1" });
    expect(gpu.failure?.message).toMatch(/^matmul "dense_1": WebGPU says: /);
    expect(() => gpu.assertAlive()).toThrow(gpu.failure as DescentError);
    gpu.device.createBindGroup({ label: "second", layout, entries: [] });
    await gpu.device.queue.onSubmittedWorkDone();
    expect(told).toEqual([gpu.failure]); // the first, and only once
    expect(gpu.failure?.op).toBe("matmul");
  }));

test("the op of an error is that of the longest label in the message", () => {
  const gpu = shared();
  gpu.label({ op: "add", node: "a" });
  gpu.label({ op: "add", node: "ab" });
  const error = new (class GPUValidationError extends Error {})('[ComputePipeline "add ab"] is wrong');
  expect(gpu.describe(error)).toMatchObject({ kind: "validation", op: "add", node: "ab" });
});

test("a listener that unsubscribed is not told", () =>
  withGpu(async (gpu) => {
    const listener = vi.fn();
    gpu.onFailure(listener)();
    gpu.device.createBuffer({ size: 4, usage: MAP_READ | STORAGE });
    await vi.waitFor(() => expect(gpu.failure).toBeDefined());
    expect(listener).not.toHaveBeenCalled();
  }));

test("a device destroyed on purpose is lost, but nothing to recover from", () =>
  withGpu(async (gpu) => {
    const listener = vi.fn();
    gpu.onFailure(listener);
    gpu.destroy();
    expect(gpu.destroyed).toBe(true);
    expect(gpu.failure).toMatchObject({ kind: "device-lost", message: expect.stringContaining("on purpose") });
    expect(await gpu.lost).toMatchObject({ kind: "device-lost" });
    expect(listener).not.toHaveBeenCalled();
  }));

test("a device destroyed behind our back is known as lost", () =>
  withGpu(async (gpu) => {
    gpu.device.destroy();
    expect(await gpu.lost).toMatchObject({ kind: "device-lost" });
    expect(gpu.destroyed).toBe(true);
    expect(() => gpu.assertAlive()).toThrow("on purpose");
  }));

test("a crash is told to the listeners and refuses all that follows", () =>
  withGpu(async (gpu) => {
    const buffer = await createBuffer(gpu, { bytes: 16, label: "weights" });
    const listener = vi.fn();
    gpu.onFailure(listener);
    // What WebGPU shows of a crash: `lost` resolves with the reason "unknown".
    const device = Object.create(gpu.device, {
      lost: { value: Promise.resolve({ reason: "unknown", message: "the process ended" }) },
      addEventListener: { value: () => undefined },
      limits: { value: gpu.limits },
    }) as GPUDevice;
    const crashed = new Gpu(gpu.entry, device, gpu.profile, gpu.deadlineMs);
    crashed.onFailure(listener);
    expect(await crashed.lost).toMatchObject({
      kind: "device-lost",
      message: expect.stringContaining("(the process ended)"),
    });
    expect(listener).toHaveBeenCalledExactlyOnceWith(crashed.failure);
    expect(crashed.destroyed).toBe(false);
    await expect(createBuffer(crashed, { bytes: 4, label: "late" })).rejects.toBe(crashed.failure);
    await expect(readBuffer(crashed, buffer.handle, 0, 4)).rejects.toBe(crashed.failure);
  }));
