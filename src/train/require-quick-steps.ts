import type { Program } from "../graph/program.ts";
import { sizeOf } from "../graph/tensor.ts";
import { callsOf } from "../graph/traverse.ts";
import { ModelError } from "../nn/model-error.ts";
import type { Backend } from "./backend.ts";

/** Refuses a step that would take the backend much longer than a second. Throws "limit". */
export function requireQuickSteps({ maxFlops }: Backend, program: Program): void {
  const flops = flopsOf(program);
  if (flops <= maxFlops) return;
  const [needed, most] = [formatFlops(flops), formatFlops(maxFlops)];
  throw new ModelError(
    "limit",
    {
      en:
        `a step of this model is about ${needed}, and without WebGPU at most ${most} are done here; ` +
        "use a browser with WebGPU, or a smaller model or batch",
      zh: `此模型的一步约为 ${needed}，而在没有 WebGPU 时此处最多执行 ${most}；请使用支持 WebGPU 的浏览器，或减小模型或批大小`,
    },
    {},
  );
}

/** Floating point operations of all that a step is made of, forward and backward. */
function flopsOf({ updates = [], metrics = {} }: Program): number {
  const calls = callsOf([...updates.map(([, value]) => value), ...Object.values(metrics)]);
  return calls.reduce((total, call) => {
    const { flops, kernel } = call.op;
    if (kernel.kind === "source" || kernel.kind === "view") return total;
    const elements = call.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    return total + (flops?.(call) ?? elements);
  }, 0);
}

/** `8.1 GFLOP`, `310 MFLOP`. */
function formatFlops(flops: number): string {
  const [divisor, unit] = flops >= 1e9 ? [1e9, "GFLOP"] : [1e6, "MFLOP"];
  return `${Number((flops / divisor).toPrecision(2))} ${unit}`;
}
