import type { Gpu } from "../gpu/device.ts";
import { compile } from "../graph/compile.ts";
import { Executor } from "../graph/executor.ts";
import type { Backend } from "./backend.ts";

/** A GPU as a backend: programs are compiled into plans, which executors replay. */
export function gpuBackend(gpu: Gpu): Backend {
  const { vendor, architecture } = gpu.profile;
  return {
    kind: "gpu",
    name: [vendor, architecture].filter((part) => part !== "").join(" "),
    maxFlops: Number.POSITIVE_INFINITY,
    assertAlive: () => gpu.assertAlive(),
    onFailure: (listener) => gpu.onFailure(listener),
    create: async (program) => Executor.create(gpu, compile(program, gpu.profile)),
    destroy: () => gpu.destroy(),
  };
}
