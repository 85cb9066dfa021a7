import { applyAll, inPlaceOf } from "../op.ts";
import type { Call, Tensor } from "../tensor.ts";
import { callsOf } from "../traverse.ts";

/** Which tensor stands for which after a pass. */
export type Replacements = ReadonlyMap<Tensor, Tensor>;

/**
 * Rebuilds the graph below the roots, inputs first. `replace` sees each call and its already rewritten inputs and
 * gives the tensors that stand for its outputs, or undefined to keep the call.
 */
export function rewrite(
  roots: readonly Tensor[],
  replace: (call: Call, inputs: readonly Tensor[]) => readonly Tensor[] | undefined,
): Replacements {
  const replaced = new Map<Tensor, Tensor>();
  for (const call of callsOf(roots)) {
    const inputs = call.inputs.map((input) => replaced.get(input) as Tensor);
    const outputs = inPlaceOf(call, () => replace(call, inputs)) ?? keep(call, inputs);
    for (const [k, output] of call.outputs.entries()) replaced.set(output, outputs[k] as Tensor);
  }
  return replaced;
}

/** The same call over new inputs; the call itself where the inputs are the same. */
export function keep(call: Call, inputs: readonly Tensor[]): readonly Tensor[] {
  if (inputs.every((input, k) => input === call.inputs[k])) return call.outputs;
  return inPlaceOf(call, () => applyAll(call.op, inputs, call.attrs));
}
