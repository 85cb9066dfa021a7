import type { AdapterProfile } from "../../src/gpu/device.ts";
import type { Call, Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";
import type { CaseGraph } from "./case-graph.ts";
import { HARDWARE, SOFTWARE } from "./profiles.ts";

/** So many cases try each variant that only another kind of adapter would choose. */
const CASES_A_VARIANT = 4;

/** All calls of a graph, and of the graphs that these are lowered to on an adapter. */
export function loweredCalls(tensors: readonly Tensor[], adapter: AdapterProfile): Call[] {
  const found = new Set<Call>();
  const visit = (reached: readonly Tensor[]) => {
    for (const call of callsOf(reached)) {
      if (found.has(call)) continue;
      found.add(call);
      const { kernel } = call.op;
      if (kernel.kind === "composite" || kernel.kind === "shader") visit(kernel.lower?.(call, adapter) ?? []);
    }
  };
  visit(tensors);
  return [...found];
}

/** Whether shaders run for these tensors: other kernels are the same on every adapter. */
export function dependsOnAdapter(tensors: readonly Tensor[]): boolean {
  return [HARDWARE, SOFTWARE].some((adapter) => variantsOf(tensors, adapter).size > 0);
}

/** The kernel variants that a graph runs with on an adapter: `matmul tile 64×64`. */
export function variantsOf(tensors: readonly Tensor[], adapter: AdapterProfile): Set<string> {
  const variants = new Set<string>();
  for (const call of loweredCalls(tensors, adapter)) {
    const { name, kernel } = call.op;
    if (kernel.kind !== "shader") continue;
    const isLowered = kernel.lower?.(call, adapter) !== undefined;
    variants.add(`${name} ${isLowered ? "lowered" : kernel.select(call, adapter).variant}`);
  }
  return variants;
}

/** A few cases for each variant that one adapter chooses and the other never does. */
export function casesOfOtherVariants(
  graphs: readonly CaseGraph[],
  own: AdapterProfile,
  other: AdapterProfile,
): CaseGraph[] {
  const tensors = graphs.map(({ outputs, gradients }) => [...outputs, ...gradients.map(([, dx]) => dx)]);
  const tried = new Set(tensors.flatMap((all) => [...variantsOf(all, own)]));
  const counts = new Map<string, number>();
  return graphs.filter((_, k) => {
    const fresh = [...variantsOf(tensors[k] as Tensor[], other)].filter((variant) => !tried.has(variant));
    const isWanted = fresh.some((variant) => (counts.get(variant) ?? 0) < CASES_A_VARIANT);
    if (isWanted) for (const variant of fresh) counts.set(variant, (counts.get(variant) ?? 0) + 1);
    return isWanted;
  });
}
