import type { GpuBuffer } from "../gpu/buffers.ts";
import type { Gpu } from "../gpu/device.ts";
import type { Plan } from "./plan.ts";

/** One bind group a dispatch: the slices of the plan's buffers that it reads and writes. */
export function bindGroupsOf(
  gpu: Gpu,
  plan: Plan,
  buffers: readonly GpuBuffer[],
  pipelines: readonly GPUComputePipeline[],
): GPUBindGroup[] {
  return plan.dispatches.map(({ op, node, bindings }, k) =>
    gpu.device.createBindGroup({
      label: gpu.label({ op, node }),
      layout: (pipelines[k] as GPUComputePipeline).getBindGroupLayout(0),
      entries: bindings.map(({ buffer, offset, bytes }, binding) => ({
        binding,
        resource: { buffer: (buffers[buffer] as GpuBuffer).handle, offset, size: bytes },
      })),
    }),
  );
}
