import type { AdapterProfile } from "../../gpu/device.ts";
import type { Call, Tensor } from "../tensor.ts";
import { keep, type Replacements, rewrite } from "./rewrite.ts";
import { splitReduction } from "./split-reduction.ts";

/** Replaces composite ops by what they are made of, and calls that have a better form on this adapter by that. */
export function lower(roots: readonly Tensor[], adapter: AdapterProfile): Replacements {
  let isDone = true;
  const replaced = rewrite(roots, (call, inputs) => {
    const kept = keep(call, inputs);
    const lowered = kept[0] && lowerCall(kept[0].call, adapter);
    if (lowered !== undefined) isDone = false;
    return lowered ?? kept;
  });
  if (isDone) return replaced;
  const lowered = roots.map((root) => replaced.get(root) as Tensor);
  const deeper = lower(lowered, adapter);
  return new Map(roots.map((root, k) => [root, deeper.get(lowered[k] as Tensor) as Tensor]));
}

function lowerCall(call: Call, adapter: AdapterProfile): readonly Tensor[] | undefined {
  const { kernel } = call.op;
  if (kernel.kind === "reduce") return splitReduction(call, adapter);
  return "lower" in kernel ? kernel.lower?.(call, adapter) : undefined;
}
