import type { AdapterProfile } from "../../gpu/device.ts";
import type { Group } from "../passes/groups.ts";
import type { Tensor } from "../tensor.ts";
import { Emitter } from "./emitter.ts";
import { linearGrid } from "./grid.ts";
import { Bindings, type KernelCode } from "./kernel-code.ts";
import { flatPosition } from "./position.ts";
import { Scope } from "./scope.ts";

/** Threads a workgroup: two full waves on the widest GPUs. */
const THREADS = 64;

/** One thread an element of the domain; it computes all the group's outputs there, then stores them. */
export function pointwiseCode(
  group: Group,
  outputs: readonly Tensor[],
  slots: ReadonlyMap<Tensor, number>,
  adapter: AdapterProfile,
): KernelCode {
  const bindings = new Bindings(slots);
  const emitter = new Emitter({
    computes: ({ call }) => group.members.has(call),
    load: (tensor, flat) => bindings.load(tensor, flat),
  });
  const workgroups = linearGrid(Math.ceil(group.size / THREADS), adapter);
  const scope = new Scope();
  const at = (tensor: Tensor) => flatPosition(tensor.shape, group.size === 1 ? "0u" : "i", scope);
  const values = outputs.map((output) => emitter.value(output, at(output), scope));
  const stores = outputs.map((output, k) => `  ${bindings.store(output, "i", values[k] as string)}\n`);
  const body = `@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * ${workgroups[0]}u) * ${THREADS}u + lane;
  if (i >= ${group.size}u) { return; }
${scope.text()}${stores.join("")}}
`;
  return { variant: "pointwise", body, constants: {}, workgroups, bindings: bindings.list };
}
