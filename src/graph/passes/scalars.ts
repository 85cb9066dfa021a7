import { type Call, sizeOf, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";

/**
 * Single numbers (counters, rates, losses) that share one small buffer, so that a dispatch that reads several of them
 * needs one binding. Shaders bind their tensors themselves, so what they read or write stays outside.
 */
export function scalarsOf(calls: readonly Call[]): Map<Tensor, number> {
  const boundByShaders = new Set<Tensor>();
  for (const { op, inputs, outputs } of calls) {
    if (op.kernel.kind !== "shader") continue;
    for (const tensor of [...inputs.map(baseOf), ...outputs]) boundByShaders.add(tensor);
  }
  const slots = new Map<Tensor, number>();
  for (const { op, outputs } of calls) {
    if (op.kernel.kind === "view" || op.name === "constant") continue;
    for (const output of outputs) {
      if (sizeOf(output.shape) === 1 && !boundByShaders.has(output)) slots.set(output, slots.size);
    }
  }
  return slots;
}
