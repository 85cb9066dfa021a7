import { DescentError } from "../errors.ts";
import { NdArray } from "./nd-array.ts";
import { originOf } from "./op.ts";
import type { Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";

/** Values of sources that are not constants: variables and live values. */
export type Feed = ReadonlyMap<Tensor, NdArray>;

/** Runs a graph in float64 with each op's reference: slow, obvious, and what every kernel is tested against. */
export function interpret(tensors: readonly Tensor[], feed: Feed = new Map()): NdArray[] {
  const values = new Map<Tensor, NdArray>(feed);
  for (const call of callsOf(tensors)) {
    if (call.outputs.every((output) => values.has(output))) continue;
    const inputs = call.inputs.map((input) => values.get(input) as NdArray);
    const result = call.op.reference(inputs, call.attrs);
    const results = result instanceof NdArray ? [result] : result;
    for (const [k, output] of call.outputs.entries()) {
      const value = results[k];
      if (value === undefined) throw new DescentError("graph", `its reference gives no output ${k}`, originOf(call));
      values.set(output, value);
    }
  }
  return tensors.map((tensor) => values.get(tensor) as NdArray);
}
