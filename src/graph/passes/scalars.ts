import { type Call, sizeOf, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import type { Updates } from "./schedule.ts";

/**
 * Single numbers (counters, rates, losses) share one small buffer, so that a dispatch that reads several of them needs
 * one binding. Gives each its position there; the new value of a variable has the variable's own. Shaders bind their
 * tensors themselves, so what they read or write stays outside.
 */
export function scalarsOf(calls: readonly Call[], updates: Updates): Map<Tensor, number> {
  const apart = new Set<Tensor>();
  for (const { op, inputs, outputs } of calls) {
    if (op.kernel.kind !== "shader") continue;
    for (const tensor of [...inputs.map(baseOf), ...outputs]) apart.add(tensor);
  }
  for (const [value, variable] of updates) {
    if (apart.has(value) || apart.has(variable)) apart.add(value).add(variable);
  }
  const slots = new Map<Tensor, number>();
  for (const { op, outputs } of calls) {
    if (op.kernel.kind === "view" || op.name === "constant") continue;
    for (const output of outputs) {
      if (sizeOf(output.shape) !== 1 || apart.has(output)) continue;
      const variable = updates.get(output);
      slots.set(output, (variable && slots.get(variable)) ?? slots.size);
    }
  }
  return slots;
}
