import { DescentError } from "../errors.ts";
import { createBuffers, formatBytes, type GpuBuffer } from "../gpu/buffers.ts";
import type { Gpu } from "../gpu/device.ts";
import { ACTIVATIONS } from "./placement.ts";
import type { Plan } from "./plan.ts";

/**
 * A plan's buffers, all or none. Where the GPU has not so much memory left, smaller batches are tried until one fits,
 * and the "out-of-memory" error names it.
 */
export async function allocatePlan(gpu: Gpu, plan: Plan): Promise<GpuBuffer[]> {
  try {
    return await createBuffers(gpu, plan.buffers);
  } catch (cause) {
    if (!(cause instanceof DescentError) || cause.kind !== "out-of-memory") throw cause;
    const size = await fittingBatch(gpu, plan);
    const cure =
      size === undefined
        ? { en: "use a smaller model", zh: "请使用更小的网络" }
        : { en: `batch size ${size} would fit`, zh: `批大小减到 ${size} 即可放下` };
    const { total } = plan.memory;
    const text = {
      en: `the plan needs ${formatBytes(total)}, and the GPU has not so much left; ${cure.en}`,
      zh: `计算需要 ${total.toLocaleString("en-US")} 字节的 GPU 内存，而剩余的不足；${cure.zh}`,
    };
    throw new DescentError("out-of-memory", text, {}, { cause });
  }
}

/** The largest half, quarter, … of the plan's batch whose activations find room; they grow with the batch. */
async function fittingBatch(gpu: Gpu, { batchSize = 1, buffers }: Plan): Promise<number | undefined> {
  for (let size = batchSize >> 1; size > 0; size >>= 1) {
    const scaled = buffers.map(({ label, bytes }) => {
      return { label, bytes: label.startsWith(ACTIVATIONS) ? Math.ceil((bytes * size) / batchSize) : bytes };
    });
    try {
      for (const buffer of await createBuffers(gpu, scaled)) buffer.destroy();
      return size;
    } catch (error) {
      if (!(error instanceof DescentError) || error.kind !== "out-of-memory") throw error;
    }
  }
  return undefined;
}
