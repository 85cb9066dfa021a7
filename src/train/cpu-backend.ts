import { CpuExecutor } from "../graph/cpu-executor.ts";
import type { Backend } from "./backend.ts";

/** What the interpreter does in about a second: it was measured at 70 (convolutions) to 150 (LSTM) MFLOP a second. */
const MAX_FLOPS = 1e8;

/** The reference interpreter as a backend, for small models where there is no WebGPU. */
export function cpuBackend(): Backend {
  return {
    kind: "cpu",
    name: "Reference interpreter",
    maxFlops: MAX_FLOPS,
    assertAlive: () => undefined,
    // Nothing fails for good on a CPU.
    onFailure: () => () => undefined,
    create: async (program) => new CpuExecutor(program),
    destroy: () => undefined,
  };
}
