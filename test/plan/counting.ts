import type { Gpu } from "../../src/gpu/device.ts";

/** How often WebGPU was called while something was watched. */
export interface Counts {
  submits: number;
  passes: number;
  dispatches: number;
  copies: number;
  buffers: number;
  bindGroups: number;
  pipelines: number;
  modules: number;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Counts calls of the real device's objects while `use` runs. */
export async function counting(gpu: Gpu, use: () => Promise<void>): Promise<Counts> {
  const counts = {
    submits: 0,
    passes: 0,
    dispatches: 0,
    copies: 0,
    buffers: 0,
    bindGroups: 0,
    pipelines: 0,
    modules: 0,
  };
  const undo: (() => void)[] = [];
  const watch = (object: object, method: string, seen: (result: object) => void) => {
    const methods = object as Record<string, Method>;
    const original = methods[method] as Method;
    methods[method] = (...args) => {
      const result = original.apply(object, args);
      seen(result as object);
      return result;
    };
    undo.push(() => delete methods[method]);
  };
  const count = (object: object, method: string, name: keyof Counts) => watch(object, method, () => counts[name]++);
  const { device } = gpu;
  count(device.queue, "submit", "submits");
  count(device, "createBuffer", "buffers");
  count(device, "createBindGroup", "bindGroups");
  count(device, "createComputePipeline", "pipelines");
  count(device, "createComputePipelineAsync", "pipelines");
  count(device, "createShaderModule", "modules");
  watch(device, "createCommandEncoder", (encoder) => {
    count(encoder, "copyBufferToBuffer", "copies");
    watch(encoder, "beginComputePass", (pass) => {
      counts.passes++;
      count(pass, "dispatchWorkgroups", "dispatches");
    });
  });
  try {
    await use();
  } finally {
    for (const restore of undo.reverse()) restore();
  }
  return counts;
}
