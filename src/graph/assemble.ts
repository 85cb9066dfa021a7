import type { AdapterProfile } from "../gpu/device.ts";
import { DescentError } from "../gpu/errors.ts";
import { uniformValue } from "./codegen/emitter.ts";
import { type Bound, type KernelCode, shaderText } from "./codegen/kernel-code.ts";
import { pointwiseCode } from "./codegen/pointwise-code.ts";
import { rowsCode } from "./codegen/rows-code.ts";
import { shaderCode } from "./codegen/shader-code.ts";
import type { Compiled, CompileOptions } from "./compile.ts";
import { originOf } from "./op.ts";
import type { ConstantAttrs } from "./ops/constant.ts";
import type { VariableAttrs } from "./ops/variable.ts";
import { outputsOf } from "./passes/fuse.ts";
import type { Group } from "./passes/groups.ts";
import { type Lifetime, layOut, lowerBound, total } from "./passes/memory.ts";
import { readsInPlace, readsOf } from "./passes/schedule.ts";
import type { Dispatch, Place, Plan, Readable } from "./plan.ts";
import type { Program } from "./program.ts";
import { type Call, formatShape, sameShape, sizeOf, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";
import { baseOf } from "./views.ts";

/** Memory that one or more tensors have, one after the other. */
interface Storage {
  readonly bytes: number;
  readonly first: number;
  last: number;
  /** The tensor that an error names. */
  readonly tensor: Tensor;
}

const FOREVER = Number.MAX_SAFE_INTEGER;

/** Gives the dispatches their memory and code. Throws "limit" where the device cannot address what they need. */
export function assemble(compiled: Compiled, program: Program, adapter: AdapterProfile, options: CompileOptions): Plan {
  const { order, updates, wanted, scalars } = compiled;
  const outputs = new Map(order.map((group) => [group, outputsIn(group, order, wanted)]));
  const codes = order.map((group) => codeOf(group, outputs.get(group) as Tensor[], scalars, adapter));

  const sources = callsOf([...updates.values(), ...compiled.roots])
    .filter(({ op }) => op.kernel.kind === "source")
    .flatMap((call) => call.outputs);
  const variables = sources.filter(({ call }) => call.op.name === "variable");
  checkNames(variables);
  const bound = new Set(codes.flatMap(({ bindings }) => bindings.map((binding) => binding.bound)));
  const constants = sources.filter(
    (tensor) => tensor.call.op.name === "constant" && (bound.has(tensor) || compiled.lasting.has(tensor)),
  );

  const storages = temporaries(compiled, codes, outputs, options);
  const buffers: { label: string; bytes: number }[] = [];
  const places = new Map<Bound, Place>();
  const region = (label: string, lifetimes: readonly Lifetime[]) => {
    const layout = layOut(lifetimes, adapter.maxBufferBytes);
    const first = buffers.length;
    for (const [arena, bytes] of layout.arenas.entries()) {
      buffers.push({ label: arena === 0 ? label : `${label} ${arena + 1}`, bytes: Math.max(bytes, 4) });
    }
    const slices = layout.slices.map(
      ({ arena, offset }, k): Place => ({ buffer: first + arena, offset, bytes: (lifetimes[k] as Lifetime).bytes }),
    );
    return { slices, bytes: total(layout) };
  };
  const lasting = (label: string, tensors: readonly Tensor[]) => {
    const own = tensors.filter((tensor) => !scalars.has(tensor));
    for (const tensor of own) checkBytes(tensor, bytesOf(tensor), adapter, program);
    const { slices, bytes } = region(
      label,
      own.map((tensor) => ({ bytes: bytesOf(tensor), first: 0, last: FOREVER })),
    );
    for (const [k, tensor] of own.entries()) places.set(tensor, slices[k] as Place);
    return bytes;
  };

  if (scalars.size > 0) {
    places.set("scalars", { buffer: buffers.length, offset: 0, bytes: 4 * scalars.size });
    buffers.push({ label: "single numbers", bytes: 4 * scalars.size });
    for (const [tensor, slot] of scalars) places.set(tensor, { buffer: 0, offset: 4 * slot, bytes: 4 });
  }
  const variableBytes = lasting("variables", variables) + 4 * scalars.size;
  const constantBytes = lasting("constants", constants);
  const distinct = [...new Set(storages.values())];
  for (const { tensor, bytes } of distinct) checkBytes(tensor, bytes, adapter, program);
  const lifetimes = distinct.map(
    (storage): Lifetime => (options.reuseMemory === false ? { ...storage, first: 0, last: FOREVER } : storage),
  );
  const { slices, bytes: temporaryBytes } = region("activations", lifetimes);
  for (const [tensor, storage] of storages) places.set(tensor, slices[distinct.indexOf(storage)] as Place);
  for (const [value, variable] of updates) places.set(value, places.get(variable) as Place);
  // No dispatch makes a tensor without elements, but a shader may bind it.
  const empty = [...bound].filter((tensor) => !places.has(tensor));
  if (empty.length > 0) buffers.push({ label: "nothing", bytes: 4 });
  for (const tensor of empty) places.set(tensor, { buffer: buffers.length - 1, offset: 0, bytes: 4 });

  const dispatches = order.map((group, k) =>
    dispatchOf(group, codes[k] as KernelCode, outputs.get(group) as Tensor[], places, adapter),
  );
  const made = new Map<Tensor, number>();
  for (const [k, group] of order.entries()) for (const tensor of outputs.get(group) as Tensor[]) made.set(tensor, k);
  const readableAt = (tensor: Tensor): Readable | undefined => {
    const base = baseOf(tensor);
    const place = sizeOf(tensor.shape) === 0 ? { buffer: 0, offset: 0, bytes: 0 } : places.get(base);
    const isKept = compiled.wanted.has(base) || base.call.op.kernel.kind === "source";
    if (place === undefined || !isKept) return undefined;
    const after = compiled.lasting.has(base) || updates.has(base) ? order.length : (made.get(base) ?? 0) + 1;
    return { place, dtype: tensor.dtype, shape: tensor.shape, after };
  };
  return {
    dispatches,
    buffers,
    constants: constants.map((tensor) => ({ place: places.get(tensor) as Place, words: wordsOf(tensor) })),
    variables: new Map(variables.map((tensor) => [nameOf(tensor), readableAt(tensor) as Readable])),
    readable: (tensor) => {
      const standIn = compiled.standIn(tensor as Tensor);
      return standIn && readableAt(standIn);
    },
    metrics: Object.keys(program.metrics ?? {}),
    memory: {
      variables: variableBytes,
      constants: constantBytes,
      temporaries: temporaryBytes,
      temporariesLowerBound: lowerBound(lifetimes),
      total: buffers.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    batchSize: program.batchSize,
  };
}

function outputsIn(group: Group, order: readonly Group[], wanted: ReadonlySet<Tensor>): Tensor[] {
  const read = new Set<Tensor>();
  for (const other of order) if (other !== group) for (const tensor of readsOf(other)) read.add(tensor);
  return outputsOf(group, wanted, (tensor) => read.has(tensor)).filter(({ shape }) => sizeOf(shape) > 0);
}

function codeOf(
  group: Group,
  outputs: readonly Tensor[],
  scalars: ReadonlyMap<Tensor, number>,
  adapter: AdapterProfile,
): KernelCode {
  const generate = { pointwise: pointwiseCode, rows: rowsCode, shader: shaderCode }[group.kind];
  return generate(group, outputs, scalars, adapter);
}

/** The memory of each tensor that is neither variable, constant nor single number. */
function temporaries(
  { order, updates, lasting, scalars }: Compiled,
  codes: readonly KernelCode[],
  outputs: ReadonlyMap<Group, readonly Tensor[]>,
  options: CompileOptions,
): Map<Tensor, Storage> {
  const lastUse = new Map<Tensor, number>();
  for (const [k, group] of order.entries()) for (const tensor of readsOf(group)) lastUse.set(tensor, k);
  const storages = new Map<Tensor, Storage>();
  for (const [k, group] of order.entries()) {
    const written = (codes[k] as KernelCode).bindings.flatMap(({ bound }) =>
      bound !== "scalars" && group.members.has(bound.call) ? [bound] : [],
    );
    const free = new Set(
      [...readsOf(group)].filter((tensor) => storages.has(tensor) && lastUse.get(tensor) === k && !lasting.has(tensor)),
    );
    for (const output of written) {
      if (updates.has(output) || scalars.has(output)) continue;
      const last = lasting.has(output) ? FOREVER : (lastUse.get(output) ?? k);
      const bytes = bytesOf(output);
      const taken =
        options.inPlace === false
          ? undefined
          : [...free].find((input) => {
              const storage = storages.get(input) as Storage;
              return (
                storage.bytes === bytes &&
                storage.last === k &&
                readsInPlace(group, input, output) &&
                (outputs.get(group) as readonly Tensor[]).includes(output)
              );
            });
      if (taken === undefined) {
        storages.set(output, { bytes, first: k, last, tensor: output });
      } else {
        free.delete(taken);
        const storage = storages.get(taken) as Storage;
        storage.last = last;
        storages.set(output, storage);
      }
    }
  }
  return storages;
}

function dispatchOf(
  group: Group,
  code: KernelCode,
  outputs: readonly Tensor[],
  places: ReadonlyMap<Bound, Place>,
  adapter: AdapterProfile,
): Dispatch {
  const main = mainCallOf(group);
  // What is bound twice, as the input and the output that takes its place, is one binding.
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
  const reads = [...readsOf(group)].filter((tensor) => uniformValue(tensor) === undefined);
  return {
    op: main.op.name,
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
  const kept: KernelCode["bindings"][number][] = [];
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

export function bytesOf({ shape }: Tensor): number {
  return 4 * Math.max(1, sizeOf(shape));
}

function wordsOf(tensor: Tensor): Uint32Array<ArrayBuffer> {
  const { values } = tensor.call.attrs as ConstantAttrs;
  const size = sizeOf(tensor.shape);
  const list = typeof values === "number" ? new Array<number>(size).fill(values) : values;
  const array = tensor.dtype === "f32" ? Float32Array : tensor.dtype === "i32" ? Int32Array : Uint32Array;
  const typed = array.from(list);
  return new Uint32Array(typed.buffer, 0, typed.length);
}

function nameOf(tensor: Tensor): string {
  return (tensor.call.attrs as VariableAttrs).name;
}

function checkNames(variables: readonly Tensor[]): void {
  const byName = new Map<string, Tensor>();
  for (const tensor of variables) {
    const other = byName.get(nameOf(tensor));
    byName.set(nameOf(tensor), tensor);
    if (other === undefined) continue;
    const [a, b] = [other, tensor].map(({ dtype, shape }) => `${dtype} ${formatShape(shape)}`);
    if (!sameShape(other.shape, tensor.shape) || other.dtype !== tensor.dtype) {
      throw new DescentError(
        "graph",
        `two variables are named "${nameOf(tensor)}": ${a} and ${b}; give each its own name`,
      );
    }
  }
}

function checkBytes(tensor: Tensor, bytes: number, adapter: AdapterProfile, { batchSize }: Program): void {
  const limit = Math.min(adapter.maxBindingBytes, adapter.maxBufferBytes);
  if (bytes <= limit) return;
  const fitting = batchSize === undefined ? 0 : Math.floor((batchSize * limit) / bytes);
  const cure = fitting > 0 ? `; batch size ${fitting} would fit` : "; make it smaller";
  const what = `${formatShape(tensor.shape)} needs ${bytes} bytes, this device binds ${limit} at most`;
  throw new DescentError("limit", what + cure, originOf(tensor.call));
}
