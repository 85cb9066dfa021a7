import { DescentError } from "../errors.ts";
import { openGpu } from "../gpu/device.ts";
import type { Backend } from "./backend.ts";
import { gpuBackend } from "./gpu-backend.ts";

/** The GPU, or the CPU where there is no WebGPU; what that needs is loaded only then. */
export async function openBackend(): Promise<Backend> {
  try {
    return gpuBackend(await openGpu());
  } catch (error) {
    if (!(error instanceof DescentError) || error.kind !== "no-webgpu") throw error;
    const { cpuBackend } = await import("./cpu-backend.ts");
    return cpuBackend();
  }
}
