import type { AdapterProfile } from "../../gpu/device.ts";
import { fusedOutput, type Group } from "../passes/groups.ts";
import type { Call, Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { Emitter } from "./emitter.ts";
import { functionText } from "./functions.ts";
import { variantOf } from "./hooks.ts";
import { Bindings, type KernelCode } from "./kernel-code.ts";
import { flatPosition } from "./position.ts";
import { Scope } from "./scope.ts";

const DECLARATION = /@group\(0\)\s*@binding\(\d+\)\s*var<storage,\s*(read|read_write)>\s*(\w+)\s*:\s*([^;]+);/g;

/**
 * A hand-written shader with its declarations taken out, to be numbered anew, and, where pointwise calls are fused
 * into it, its `store_` function replaced by one that computes and stores what they give.
 */
export function shaderCode(
  group: Group,
  outputs: readonly Tensor[],
  slots: ReadonlyMap<Tensor, number>,
  adapter: AdapterProfile,
): KernelCode {
  const call = group.shader as Call;
  const { variant, source, constants, tensors, workgroups } = variantOf(call, adapter);
  const bound = [...call.inputs.map(baseOf), ...call.outputs];
  const root = fusedOutput(group);
  const bindings = new Bindings(slots, "fused_");
  for (const [, access, name, type] of source.matchAll(DECLARATION)) {
    const tensor = bound[tensors.indexOf(name as string)];
    if (tensor === undefined || tensors.indexOf(name as string) < 0) {
      throw new RangeError(`the shader of ${call.op.name} declares "${name}", which its variant does not list`);
    }
    if (tensor === root && !outputs.includes(root)) continue;
    bindings.add({
      bound: tensor,
      name: name as string,
      type: (type as string).trim(),
      written: access === "read_write",
    });
  }
  let body = source.replaceAll(DECLARATION, "");
  if (root !== undefined) {
    const hook = `store_${tensors[call.inputs.length + root.index]}`;
    const original = functionText(body, hook) as string;
    body = body.replace(original, () => epilogue(group, root, outputs, bindings, hook));
  }
  return { variant, body: body.trimStart(), constants, workgroups, bindings: bindings.list };
}

function epilogue(group: Group, root: Tensor, outputs: readonly Tensor[], bindings: Bindings, hook: string): string {
  const emitter = new Emitter({
    computes: ({ call }) => group.members.has(call),
    load: (tensor, flat) => bindings.load(tensor, flat),
  });
  emitter.fix(root, "value");
  const scope = new Scope();
  const written = outputs.filter(
    (output) => output === root || (group.element.has(output) && output.call !== group.shader),
  );
  const values = written.map((output) => emitter.value(output, flatPosition(output.shape, "i", scope), scope));
  const stores = written.map((output, k) => `  ${bindings.store(output, "i", values[k] as string)}\n`);
  return `fn ${hook}(i: u32, value: f32) {\n${scope.text()}${stores.join("")}}`;
}
