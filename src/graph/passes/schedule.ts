import { accessesOf } from "../codegen/access.ts";
import { type Call, sizeOf, type Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import type { Group } from "./groups.ts";

/** The groups in an order in which each finds what it reads, and what the updates write to is read before. */
export interface Schedule {
  readonly order: readonly Group[];
  /** Updates that cannot be written where the variable lies, because a later dispatch still reads the old value. */
  readonly conflicts: readonly Tensor[];
}

/** Where the values of updates are written: from the tensor with the new value to the variable. */
export type Updates = ReadonlyMap<Tensor, Tensor>;

/**
 * Orders the groups by their data, each variable's readers before its writer. Of the groups that are ready, one that
 * frees more memory than it takes goes first, then the one that was made first.
 */
export function schedule(groups: readonly Group[], updates: Updates): Schedule {
  const producers = new Map<Tensor, Group>();
  for (const group of groups)
    for (const call of group.members) for (const output of call.outputs) producers.set(output, group);
  const reads = new Map(groups.map((group) => [group, readsOf(group)]));
  const after = new Map(groups.map((group) => [group, new Set<Group>()]));
  for (const group of groups) {
    for (const tensor of reads.get(group) as Set<Tensor>) {
      const producer = producers.get(tensor);
      if (producer !== undefined && producer !== group) (after.get(producer) as Set<Group>).add(group);
    }
  }
  const conflicts: Tensor[] = [];
  for (const [value, variable] of updates) {
    const writer = producers.get(value) as Group;
    const readers = groups.filter((group) => group !== writer && (reads.get(group) as Set<Tensor>).has(variable));
    if (readers.some((reader) => reaches(after, writer, reader)) || !readsInPlace(writer, variable, value)) {
      conflicts.push(value);
      continue;
    }
    for (const reader of readers) (after.get(reader) as Set<Group>).add(writer);
  }
  return { order: sorted(groups, after, reads, producers), conflicts };
}

function sorted(
  groups: readonly Group[],
  after: ReadonlyMap<Group, ReadonlySet<Group>>,
  reads: ReadonlyMap<Group, ReadonlySet<Tensor>>,
  producers: ReadonlyMap<Tensor, Group>,
): Group[] {
  const waiting = new Map(groups.map((group) => [group, 0]));
  for (const next of after.values()) for (const group of next) waiting.set(group, (waiting.get(group) as number) + 1);
  const readers = new Map<Tensor, number>();
  for (const tensors of reads.values())
    for (const tensor of tensors) readers.set(tensor, (readers.get(tensor) ?? 0) + 1);
  const growth = (group: Group) => {
    const taken = [...group.members].flatMap(({ outputs }) => outputs).filter((output) => readers.has(output));
    const freed = [...(reads.get(group) as ReadonlySet<Tensor>)].filter(
      (tensor) => producers.has(tensor) && readers.get(tensor) === 1,
    );
    return elements(taken) - elements(freed);
  };
  const born = new Map(groups.map((group) => [group, Math.max(...[...group.members].map(({ id }) => id))]));
  const ready = groups.filter((group) => waiting.get(group) === 0);
  const order: Group[] = [];
  while (ready.length > 0) {
    let best = 0;
    const key = (group: Group) => [Math.min(0, growth(group)), born.get(group) as number] as const;
    for (let k = 1; k < ready.length; k++) {
      const [a, b] = [key(ready[k] as Group), key(ready[best] as Group)];
      if (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])) best = k;
    }
    const [group] = ready.splice(best, 1) as [Group];
    order.push(group);
    for (const tensor of reads.get(group) as ReadonlySet<Tensor>)
      readers.set(tensor, (readers.get(tensor) as number) - 1);
    for (const next of after.get(group) as ReadonlySet<Group>) {
      waiting.set(next, (waiting.get(next) as number) - 1);
      if (waiting.get(next) === 0) ready.push(next);
    }
  }
  return order;
}

function elements(tensors: readonly Tensor[]): number {
  return tensors.reduce((total, { shape }) => total + sizeOf(shape), 0);
}

/** Tensors in memory that a group reads. */
export function readsOf(group: Group): Set<Tensor> {
  const reads = new Set<Tensor>();
  for (const call of group.members) {
    for (const input of call.inputs) {
      const base = baseOf(input);
      if (!group.members.has(base.call)) reads.add(base);
    }
  }
  return reads;
}

/**
 * Whether a group may write `output` where `input` lies: every element of the input is read only by the thread that
 * writes the output's element there, before it does so.
 */
export function readsInPlace(group: Group, input: Tensor, output: Tensor): boolean {
  const level = group.row.has(output) ? group.row : group.element;
  if (!level.has(output) || output.call === group.shader) return !readsOf(group).has(input);
  if (sizeOf(input.shape) === 1 && sizeOf(output.shape) === 1) return true;
  for (const call of group.members) {
    for (const [k, given] of call.inputs.entries()) {
      if (baseOf(given) !== input) continue;
      const isAligned = call !== group.shader && level.has(call.outputs[0] as Tensor) && readsOwnElement(call, k);
      const isReduced = level === group.element && call.op.kernel.kind === "reduce" && group.rows?.trailing === true;
      if (!isAligned && !isReduced) return false;
    }
  }
  return true;
}

function readsOwnElement(call: Call, k: number): boolean {
  return call.op.kernel.kind === "pointwise" && accessesOf(call).inputs[k] === "aligned";
}

function reaches(after: ReadonlyMap<Group, ReadonlySet<Group>>, from: Group, to: Group): boolean {
  const seen = new Set([from]);
  const pending = [from];
  for (let group = pending.pop(); group !== undefined; group = pending.pop()) {
    if (group === to) return true;
    for (const next of after.get(group) as ReadonlySet<Group>) {
      if (!seen.has(next)) {
        seen.add(next);
        pending.push(next);
      }
    }
  }
  return false;
}
