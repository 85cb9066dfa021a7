import type { Gpu } from "./device.ts";

/** Closes the innermost error scope: what it caught, or null. */
export function popErrorScope(gpu: Gpu): Promise<GPUError | null> {
  // Some browsers reject here when the device is lost; `gpu.failure` tells that, and is asked wherever it matters.
  return gpu.device.popErrorScope().catch(() => null);
}
