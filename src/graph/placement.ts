import { DescentError } from "../errors.ts";
import type { AdapterProfile } from "../gpu/device.ts";
import type { Bound, KernelCode } from "./codegen/kernel-code.ts";
import type { Compiled, CompileOptions } from "./compile.ts";
import { originOf } from "./op.ts";
import { nameOfVariable } from "./ops/variable.ts";
import type { Group } from "./passes/groups.ts";
import { ALIGNMENT, layOut, lowerBound, total } from "./passes/memory.ts";
import { readsInPlace, readsOf } from "./passes/schedule.ts";
import type { Place, PlanMemory } from "./plan.ts";
import { formatShape, sizeOf, type Tensor } from "./tensor.ts";

/** Where everything lies that a dispatch binds. */
export interface Placement {
  readonly places: ReadonlyMap<Bound, Place>;
  readonly buffers: readonly { readonly label: string; readonly bytes: number }[];
  readonly memory: PlanMemory;
}

/** What is to be placed: the dispatches in order, what each writes for others to read, and what outlives the step. */
export interface Placed {
  readonly compiled: Compiled;
  readonly codes: readonly KernelCode[];
  readonly outputs: readonly (readonly Tensor[])[];
  readonly variables: readonly Tensor[];
  readonly constants: readonly Tensor[];
  readonly batchSize: number | undefined;
}

/** Memory that one or more tensors have, one after the other. */
interface Storage {
  readonly bytes: number;
  readonly first: number;
  last: number;
  /** The tensor that an error names. */
  readonly tensor: Tensor;
}

/** Label of the buffers that hold the temporaries. */
export const ACTIVATIONS = "activations";

const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * Gives single numbers, variables, constants and temporaries each a region of buffers of their own, and every tensor
 * its slice. Throws "limit" where a tensor is larger than the device can bind.
 */
export function placeTensors(placed: Placed, adapter: AdapterProfile, options: CompileOptions): Placement {
  const { compiled, codes, variables, constants, batchSize } = placed;
  const { updates, scalars } = compiled;
  const places = new Map<Bound, Place>();
  const buffers: { label: string; bytes: number }[] = [];
  const region = (label: string, storages: readonly Storage[]): { slices: readonly Place[]; bytes: number } => {
    for (const { tensor, bytes } of storages) checkBytes(tensor, bytes, adapter, batchSize);
    const layout = layOut(storages, Math.min(adapter.maxBufferBytes, adapter.maxBindingBytes));
    const first = buffers.length;
    for (const [arena, bytes] of layout.arenas.entries()) {
      buffers.push({ label: arena === 0 ? label : `${label} ${arena + 1}`, bytes });
    }
    const slices = layout.slices.map(({ arena, offset }, k) => {
      return { buffer: first + arena, offset, bytes: (storages[k] as Storage).bytes };
    });
    return { slices, bytes: total(layout) };
  };
  const keepForever = (label: string, tensors: readonly Tensor[]): number => {
    const own = tensors.filter((tensor) => !scalars.has(tensor));
    const { slices, bytes } = region(
      label,
      own.map((tensor) => storageOf(tensor, 0, FOREVER)),
    );
    for (const [k, tensor] of own.entries()) places.set(tensor, slices[k] as Place);
    return bytes;
  };

  const numbers = 4 * scalars.size;
  if (numbers > 0) {
    for (const [tensor, slot] of scalars) places.set(tensor, { buffer: buffers.length, offset: 4 * slot, bytes: 4 });
    places.set("scalars", { buffer: buffers.length, offset: 0, bytes: numbers });
    buffers.push({ label: "single numbers", bytes: numbers });
  }
  const variableBytes = numbers + keepForever("variables", variables);
  const constantBytes = keepForever("constants", constants);
  const temporaries = temporariesOf(placed, options);
  const distinct = [...new Set(temporaries.values())];
  const { slices, bytes: temporaryBytes } = region(ACTIVATIONS, distinct);
  for (const [tensor, storage] of temporaries) places.set(tensor, slices[distinct.indexOf(storage)] as Place);
  for (const [value, variable] of updates) places.set(value, places.get(variable) as Place);
  // No dispatch makes a tensor without elements, but a shader may bind it.
  const bound = new Set(codes.flatMap(({ bindings }) => bindings.map((binding) => binding.bound)));
  const empty = [...bound].filter((tensor) => !places.has(tensor));
  for (const [k, tensor] of empty.entries()) {
    places.set(tensor, { buffer: buffers.length, offset: k * ALIGNMENT, bytes: ALIGNMENT });
  }
  if (empty.length > 0) buffers.push({ label: "nothing", bytes: empty.length * ALIGNMENT });
  const memory = {
    variables: variableBytes,
    constants: constantBytes,
    temporaries: temporaryBytes,
    temporariesLowerBound: lowerBound(distinct),
    total: buffers.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  return { places, buffers, memory };
}

/** The memory of each tensor that is neither variable, constant nor single number. */
function temporariesOf({ compiled, codes, outputs }: Placed, options: CompileOptions): Map<Tensor, Storage> {
  const { order, updates, lasting, scalars } = compiled;
  const lastUse = new Map<Tensor, number>();
  for (const [k, group] of order.entries()) for (const tensor of readsOf(group)) lastUse.set(tensor, k);
  const storages = new Map<Tensor, Storage>();
  for (const [k, group] of order.entries()) {
    const free = new Set([...readsOf(group)].filter((tensor) => storages.get(tensor)?.last === k));
    for (const output of writesOf(group, codes[k] as KernelCode)) {
      if (updates.has(output) || scalars.has(output)) continue;
      const last = lasting.has(output) ? FOREVER : (lastUse.get(output) ?? k);
      const mayTake = options.inPlace !== false && (outputs[k] as readonly Tensor[]).includes(output);
      const taken = mayTake ? [...free].find((input) => fitsInPlace(group, input, output)) : undefined;
      if (taken === undefined) {
        const isShared = options.reuseMemory !== false;
        storages.set(output, isShared ? storageOf(output, k, last) : storageOf(output, 0, FOREVER));
      } else {
        const storage = storages.get(taken) as Storage;
        free.delete(taken);
        storage.last = last;
        storages.set(output, storage);
      }
    }
  }
  return storages;
}

/** Tensors of a group that have memory of their own: what it stores, and shader outputs that nobody reads. */
function writesOf(group: Group, { bindings }: KernelCode): Tensor[] {
  return bindings.flatMap(({ bound }) => (bound !== "scalars" && group.members.has(bound.call) ? [bound] : []));
}

function fitsInPlace(group: Group, input: Tensor, output: Tensor): boolean {
  return input.dtype === output.dtype && bytesOf(input) === bytesOf(output) && readsInPlace(group, input, output);
}

function storageOf(tensor: Tensor, first: number, last: number): Storage {
  return { bytes: bytesOf(tensor), first, last, tensor };
}

/** Bytes of a tensor's memory; one without elements has those of one, because WebGPU binds no empty range. */
export function bytesOf({ shape }: Tensor): number {
  return 4 * Math.max(1, sizeOf(shape));
}

function checkBytes(tensor: Tensor, bytes: number, adapter: AdapterProfile, batchSize: number | undefined): void {
  const limit = Math.min(adapter.maxBindingBytes, adapter.maxBufferBytes);
  if (bytes <= limit) return;
  const isVariable = tensor.call.op.name === "variable"; // a parameter or a data set: no batch makes it smaller
  const fitting = batchSize === undefined || isVariable ? 0 : Math.floor((batchSize * limit) / bytes);
  const cure = fitting > 0 ? `; batch size ${fitting} would fit` : "; make it smaller";
  const shape = formatShape(tensor.shape);
  const name = isVariable ? `"${nameOfVariable(tensor)}", ${shape},` : shape;
  const what = `${name} needs ${bytes} bytes, this device binds ${limit} at most`;
  throw new DescentError("limit", what + cure, originOf(tensor.call));
}
