import { copy } from "../ops/copy.ts";
import type { Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { keep, type Replacements, rewrite } from "./rewrite.ts";

/**
 * A shader binds each of its inputs by itself, and WebGPU forbids binding the same memory twice where it may be
 * written to: a tensor that is given twice is copied once.
 */
export function separateInputs(roots: readonly Tensor[]): Replacements {
  return rewrite(roots, (call, inputs) => {
    if (call.op.kernel.kind !== "shader") return keep(call, inputs);
    const bases = inputs.map(baseOf);
    const separate = inputs.map((input, k) => (bases.indexOf(bases[k] as Tensor) < k ? copy(input) : input));
    return keep(call, separate);
  });
}
