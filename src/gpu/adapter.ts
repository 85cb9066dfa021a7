import { DescentError } from "../errors.ts";
import type { AdapterProfile } from "./device.ts";

const BROWSERS =
  "use Chrome or Edge 113 or later, Safari 26 or later, or Firefox 141 or later on Windows and 145 on macOS";

/** The limits that decide what a compute pass may do. By default a device has the least of each, whatever the GPU. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension",
] as const;

/** Extensions a kernel may use where it finds them; none is needed. */
const FEATURES = ["timestamp-query", "shader-f16", "subgroups"] as const satisfies readonly GPUFeatureName[];

/** Names under which drivers that compute on the CPU present themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

/** `gpu`, or that of the page or worker. Throws "no-webgpu" with the cure where there is none. */
export function findEntry(gpu: GPU | undefined): GPU {
  // Node has a navigator without `gpu` or none at all, like old browsers' workers; the types promise both.
  const entry = gpu ?? (globalThis.navigator as Partial<Navigator> | undefined)?.gpu;
  if (entry !== undefined) return entry;
  // Pages and workers have a `self`, Node has none.
  const cure = "self" in globalThis ? BROWSERS : "in Node pass nodeGpu()";
  throw new DescentError("no-webgpu", `there is no WebGPU here; ${cure}`);
}

/** The fastest adapter. Throws "no-webgpu" with the cure where there is none. */
export async function requestAdapter(entry: GPU): Promise<GPUAdapter> {
  const adapter = await entry.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    const cure = "update the graphics driver and switch hardware acceleration on in the browser's settings";
    throw new DescentError("no-webgpu", `WebGPU finds no GPU on this machine; ${cure}, or ${BROWSERS}`);
  }
  return adapter;
}

/** The adapter's own value of every limit that matters to compute. */
export function wantedLimits(adapter: GPUAdapter): Record<string, number> {
  return Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
}

/** Those of the optional features that the adapter has. */
export function wantedFeatures(adapter: GPUAdapter): GPUFeatureName[] {
  return FEATURES.filter((feature) => adapter.features.has(feature));
}

/** What kernels may know: who made the GPU, and the limits that the device really got. */
export function adapterProfile(adapter: GPUAdapter, device: GPUDevice): AdapterProfile {
  const { info } = adapter;
  const { limits } = device;
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    software: info.isFallbackAdapter || SOFTWARE.test(`${info.vendor} ${info.architecture} ${info.description}`),
    maxBindings: limits.maxStorageBuffersPerShaderStage,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
    maxBufferBytes: limits.maxBufferSize,
    maxInvocations: limits.maxComputeInvocationsPerWorkgroup,
    maxWorkgroupBytes: limits.maxComputeWorkgroupStorageSize,
    maxWorkgroups: limits.maxComputeWorkgroupsPerDimension,
  };
}
