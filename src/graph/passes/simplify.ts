import { accessesOf } from "../codegen/access.ts";
import { uniformValue } from "../codegen/emitter.ts";
import { NdArray } from "../nd-array.ts";
import type { ConstantAttrs } from "../ops/constant.ts";
import { constant } from "../ops/constant.ts";
import type { Call, Tensor } from "../tensor.ts";
import { sizeOf } from "../tensor.ts";
import { keep, type Replacements, rewrite } from "./rewrite.ts";

/** Results larger than this are computed on the GPU at every step rather than kept in memory. */
const FOLDED_ELEMENTS = 4096;

/**
 * Common subexpressions become one call, calls of constants become constants, and each op's own identities
 * (x + 0, a reshape of a reshape) are applied. What no root depends on is gone afterwards, because nothing reaches it.
 */
export function simplify(roots: readonly Tensor[]): Replacements {
  const seen = new Map<string, readonly Tensor[]>();
  return rewrite(roots, (call, inputs) => {
    const [kept, ...others] = keep(call, inputs);
    if (kept === undefined) return [];
    const simpler = others.length === 0 ? (folded(kept.call) ?? kept.call.op.simplify?.(kept.call)) : undefined;
    const outputs = simpler === undefined ? kept.call.outputs : [simpler];
    const key = outputs[0] === undefined ? "" : keyOf(outputs[0].call) + outputs[0].index;
    const before = seen.get(key);
    if (before !== undefined) return before;
    seen.set(key, outputs);
    return outputs;
  });
}

/** Equal keys mean equal values. Variables are told apart by name; every other call by op, attributes and inputs. */
function keyOf(call: Call): string {
  const inputs = call.inputs.map((input) => `${input.call.id}.${input.index}`);
  return `${call.op.name}(${inputs.join(",")})${JSON.stringify(call.attrs ?? null, exactly)}#`;
}

/** JSON has no NaN, infinities or negative zero. */
function exactly(_: string, value: unknown): unknown {
  const isPlain = typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0));
  return isPlain ? value : { number: Object.is(value, -0) ? "-0" : String(value) };
}

function folded(call: Call): Tensor | undefined {
  if (call.op.kernel.kind === "source" || call.inputs.length === 0) return undefined;
  if (!call.inputs.every((input) => input.call.op.name === "constant")) return undefined;
  const [output] = call.outputs as [Tensor];
  if (
    call.inputs.every((input) => uniformValue(input) !== undefined) &&
    sizeOf(output.shape) > 0 &&
    isSameEverywhere(call)
  ) {
    const numbers = call.inputs.map((input) => new NdArray([], [uniformValue(input) as number], input.dtype));
    const result = call.op.kernel.kind === "view" ? numbers[0] : call.op.reference(numbers, call.attrs);
    return constant(rounded((result as NdArray).at(0), output), output.shape, output.dtype);
  }
  if (call.op.kernel.kind === "shader" || sizeOf(output.shape) > FOLDED_ELEMENTS) return undefined;
  if (call.inputs.some((input) => sizeOf(input.shape) > FOLDED_ELEMENTS)) return undefined;
  const result = call.op.reference(
    call.inputs.map((input) => valuesOf(input, input.shape)),
    call.attrs,
  ) as NdArray;
  return constant(
    Array.from(result.data, (value) => rounded(value, output)),
    output.shape,
    output.dtype,
  );
}

/** Whether equal input elements give equal output elements. */
function isSameEverywhere(call: Call): boolean {
  if (call.op.kernel.kind === "view") return true;
  if (call.op.kernel.kind !== "pointwise") return false;
  const { inputs, positional } = accessesOf(call);
  return !positional && inputs.every((access) => access !== "indexed");
}

function valuesOf(input: Tensor, shape: readonly number[]): NdArray {
  const { values } = input.call.attrs as ConstantAttrs;
  const data = typeof values === "number" ? new Float64Array(sizeOf(shape)).fill(values) : Float64Array.from(values);
  return new NdArray(shape, data, input.dtype);
}

function rounded(value: number, { dtype }: Tensor): number {
  return dtype === "f32" ? Math.fround(value) : value;
}
