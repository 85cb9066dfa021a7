import { DescentError } from "../errors.ts";
import type { AdapterProfile } from "../gpu/device.ts";
import { uniformValue } from "./codegen/emitter.ts";
import { type Binding, type Bound, type KernelCode, shaderText } from "./codegen/kernel-code.ts";
import { originOf } from "./op.ts";
import type { Group } from "./passes/groups.ts";
import { readsOf } from "./passes/schedule.ts";
import { bytesOf } from "./placement.ts";
import type { Dispatch, Place } from "./plan.ts";
import { type Call, sizeOf, type Tensor } from "./tensor.ts";

/** A group with its code and places as a dispatch that describes itself. Throws "limit" where its grid is too large. */
export function dispatchOf(
  group: Group,
  code: KernelCode,
  outputs: readonly Tensor[],
  places: ReadonlyMap<Bound, Place>,
  adapter: AdapterProfile,
): Dispatch {
  const main = mainCallOf(group);
  const written = new Set(
    code.bindings.filter((binding) => binding.written).map(({ bound }) => (places.get(bound) as Place).buffer),
  );
  const merged = mergeSame(code, places);
  const isWritable = (bound: Bound) => written.has((places.get(bound) as Place).buffer);
  if (code.workgroups.some((count) => count > adapter.maxWorkgroups)) {
    throw new DescentError(
      "limit",
      `needs ${code.workgroups.join("×")} workgroups; this device has ${adapter.maxWorkgroups} a dimension; use a smaller batch`,
      originOf(main),
    );
  }
  if (merged.bindings.length > adapter.maxBindings) {
    const message = `binds ${merged.bindings.length} tensors; this device binds ${adapter.maxBindings} a dispatch; give it fewer inputs`;
    throw new DescentError("limit", message, originOf(main));
  }
  const reads = [...readsOf(group)].filter((tensor) => uniformValue(tensor) === undefined);
  return {
    op: main.placed,
    ops: [...group.members].sort((a, b) => a.id - b.id).map(({ op }) => op.name),
    node: main.node,
    variant: code.variant,
    inputs: reads.map(({ shape }) => shape),
    outputs: outputs.map(({ shape }) => shape),
    flops: [...group.members].reduce((sum, call) => sum + flopsOf(call), 0),
    bytes: [...reads, ...outputs].reduce((sum, tensor) => sum + bytesOf(tensor), 0),
    code: shaderText(merged, isWritable),
    constants: code.constants,
    workgroups: code.workgroups,
    bindings: merged.bindings.map(({ bound }) => places.get(bound) as Place),
  };
}

/** One binding for tensors that lie in the same place: an input and the output that is written over it. */
function mergeSame(code: KernelCode, places: ReadonlyMap<Bound, Place>): KernelCode {
  const kept: Binding[] = [];
  let { body } = code;
  for (const binding of code.bindings) {
    const same = kept.find((other) => samePlace(places.get(other.bound) as Place, places.get(binding.bound) as Place));
    if (same === undefined) {
      kept.push({ ...binding });
      continue;
    }
    same.written ||= binding.written;
    body = body.replaceAll(new RegExp(`\\b${binding.name}\\b`, "g"), same.name);
  }
  return { ...code, body, bindings: kept };
}

function samePlace(a: Place, b: Place): boolean {
  return a.buffer === b.buffer && a.offset === b.offset && a.bytes === b.bytes;
}

/** What a dispatch is named after: its shader, its first reduction, or the pointwise op at its end. */
function mainCallOf(group: Group): Call {
  const members = [...group.members].sort((a, b) => a.id - b.id);
  return group.shader ?? members.find(({ op }) => op.kernel.kind === "reduce") ?? (members.at(-1) as Call);
}

function flopsOf(call: Call): number {
  return call.op.flops?.(call) ?? call.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}
