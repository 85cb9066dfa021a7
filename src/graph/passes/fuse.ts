import type { AdapterProfile } from "../../gpu/device.ts";
import { accessesOf } from "../codegen/access.ts";
import { uniformValue } from "../codegen/emitter.ts";
import { storeHookOf } from "../codegen/hooks.ts";
import type { PointwiseKernel } from "../op.ts";
import { copyOp } from "../ops/copy.ts";
import { type Call, sizeOf, type Tensor } from "../tensor.ts";
import { callsOf } from "../traverse.ts";
import { baseOf } from "../views.ts";
import { type Group, groupOf, type Rows, sameRows } from "./groups.ts";

/** A small chain may be computed again for every element of a larger tensor; a longer one is computed once. */
const RECOMPUTED_CALLS = 4;
/** Rows up to this long are kept by one workgroup, which can write elements beside what it reduces them to. */
const RESIDENT_COLUMNS = 16384;
/** Unrelated pointwise groups up to this size share a dispatch. */
const SMALL_SIZE = 1024;

/** Which tensors must be in memory after the step or at its taps; they are bases, not views. */
export type Wanted = ReadonlySet<Tensor>;

/**
 * Partitions the calls into dispatches. Every call starts alone; then
 * 1. chains of pointwise calls fold into their one consumer, be it pointwise or a reduction;
 * 2. groups join the groups that produce their inputs: epilogues join shaders, what follows a reduction joins it
 *    (so a softmax or a layer norm is one dispatch), and pointwise groups of one size become one with several outputs;
 * 3. small unrelated pointwise groups (counters, schedules) share a dispatch.
 * No step makes a cycle of groups, or a dispatch with more bindings than the device has.
 */
export function fuse(
  roots: readonly Tensor[],
  wanted: Wanted,
  scalars: ReadonlySet<Tensor>,
  adapter: AdapterProfile,
  enabled: boolean,
): Group[] {
  const calls = callsOf(roots).filter(({ op, outputs }) => {
    const isComputed = op.kernel.kind !== "source" && op.kernel.kind !== "view";
    return isComputed && outputs.some(({ shape }) => sizeOf(shape) > 0);
  });
  const fusion = new Fusion(calls, wanted, scalars, adapter);
  if (enabled) {
    for (const call of [...calls].reverse()) fusion.foldIntoConsumer(call);
    let merged = true;
    while (merged) {
      merged = false;
      for (const call of calls) while (fusion.joinProducer(call)) merged = true;
    }
    fusion.shareSmall();
  }
  return fusion.groups();
}

class Fusion {
  private readonly groupOfCall = new Map<Call, Group>();
  private readonly consumers = new Map<Tensor, Call[]>();
  private readonly wanted: Wanted;
  private readonly scalars: ReadonlySet<Tensor>;
  private readonly adapter: AdapterProfile;

  constructor(calls: readonly Call[], wanted: Wanted, scalars: ReadonlySet<Tensor>, adapter: AdapterProfile) {
    this.wanted = wanted;
    this.scalars = scalars;
    this.adapter = adapter;
    for (const call of calls) {
      this.groupOfCall.set(call, groupOf(call));
      for (const input of call.inputs) {
        const base = baseOf(input);
        this.consumers.set(base, [...(this.consumers.get(base) ?? []), call]);
      }
    }
  }

  groups(): Group[] {
    return [...new Set(this.groupOfCall.values())];
  }

  /** Step 1. */
  foldIntoConsumer(call: Call): void {
    const producer = this.group(call);
    if (producer.kind !== "pointwise") return;
    const users = new Set(this.usersOf(call.outputs[0] as Tensor));
    const [consumer] = users;
    if (consumer === undefined || users.size > 1 || this.wanted.has(call.outputs[0] as Tensor)) return;
    this.mergePointwise(producer, consumer);
  }

  /** Step 2. True where something was merged. */
  joinProducer(call: Call): boolean {
    for (const input of call.inputs) {
      const producer = this.groupOfCall.get(baseOf(input).call);
      const consumer = this.group(call);
      if (producer !== undefined && producer !== consumer && this.merge(producer, consumer)) return true;
    }
    return false;
  }

  /** Step 3. */
  shareSmall(): void {
    const small = this.groups().filter(({ kind, size }) => kind === "pointwise" && size <= SMALL_SIZE);
    for (const [k, group] of small.entries()) {
      for (const other of small.slice(0, k)) {
        const current = this.group(first(other));
        if (current === group || current.size !== group.size || this.group(first(group)) !== group) continue;
        if (!this.reaches(group, current) && !this.reaches(current, group) && this.fits(current, group)) {
          this.unite(current, group, { element: union(current.element, group.element) });
        }
      }
    }
  }

  private merge(producer: Group, consumer: Group): boolean {
    if (producer.kind === "pointwise") return this.mergePointwise(producer, consumer);
    if (producer.kind === "shader") return this.mergeEpilogue(producer, consumer);
    return this.mergeAfterReduction(producer, consumer);
  }

  private mergePointwise(producer: Group, consumer: Group): boolean {
    if (consumer.kind === "shader" || !this.mayUnite(producer, consumer)) return false;
    const edges = this.edges(producer, consumer);
    const isAligned = edges.every((edge) => this.isAligned(edge, consumer));
    const stays = this.outputsOf(producer).some(
      (tensor) => this.usersOf(tensor).some((user) => user !== consumer) || this.wanted.has(tensor),
    );
    if (consumer.kind === "pointwise" && isAligned && producer.size === consumer.size) {
      return this.unite(producer, consumer, { element: union(producer.element, consumer.element) });
    }
    if (stays) return false;
    const repeats = consumer.kind === "rows" ? this.stagesOf(consumer) > 1 : false;
    if (this.isCostly(producer) && (repeats || !isAligned)) return false;
    if (consumer.size > producer.size && this.weightOf(producer) > RECOMPUTED_CALLS) return false;
    return this.unite(producer, consumer, { kind: consumer.kind });
  }

  /** Bias, activation, residual: pointwise calls on one output of a shader, element for element. */
  private mergeEpilogue(producer: Group, consumer: Group): boolean {
    if (consumer.kind !== "pointwise" || consumer.size === 0 || !this.mayUnite(producer, consumer)) return false;
    const edges = this.edges(producer, consumer);
    if (!edges.every((edge) => this.isAligned(edge, consumer))) return false;
    const shader = producer.shader as Call;
    const own = edges.flatMap(({ tensor }) => (tensor.call === shader ? [tensor] : []));
    const [root, ...others] = new Set([...own, fusedOutput(producer)].filter((tensor) => tensor !== undefined));
    if (root === undefined || others.length > 0) return false;
    if (sizeOf(root.shape) !== consumer.size || root.dtype !== "f32" || !storeHookOf(shader, root, this.adapter))
      return false;
    return this.unite(producer, consumer, { element: union(producer.element, consumer.element), size: consumer.size });
  }

  /** What is computed from the results of reductions, a row or an element at a time, and further reductions. */
  private mergeAfterReduction(producer: Group, consumer: Group): boolean {
    if (consumer.kind === "shader" || !this.mayUnite(producer, consumer)) return false;
    const { rows, columns } = producer.rows as Rows;
    const edges = this.edges(producer, consumer);
    const fromRows = edges.filter(({ tensor }) => producer.row.has(tensor));
    const fromElements = edges.filter(({ tensor }) => producer.element.has(tensor));
    if (fromRows.length + fromElements.length < edges.length) return false;
    const isResident = (producer.rows as Rows).trailing && columns <= RESIDENT_COLUMNS;
    const derived = new Set<Tensor>();
    const areOverRows = () => fromRows.every((edge) => this.isOverRow(edge, consumer, rows, columns, derived));
    if (consumer.kind === "rows") {
      const fits = isResident && sameRows(producer.rows as Rows, consumer.rows as Rows);
      if (!fits || !areOverRows()) return false;
      if (!fromElements.every((edge) => this.isAligned(edge, consumer) || this.feedsRows(edge, consumer))) return false;
      return this.unite(producer, consumer, {
        element: union(producer.element, consumer.element),
        row: union(union(producer.row, consumer.row), derived),
      });
    }
    if (
      fromElements.length === 0 &&
      consumer.size === rows &&
      fromRows.every((edge) => this.isAligned(edge, consumer))
    ) {
      return this.unite(producer, consumer, { row: union(producer.row, consumer.element) });
    }
    if (!isResident || consumer.size !== producer.size) return false;
    if (!fromElements.every((edge) => this.isAligned(edge, consumer))) return false;
    if (!areOverRows()) return false;
    return this.unite(producer, consumer, {
      element: union(producer.element, consumer.element),
      row: union(producer.row, derived),
    });
  }

  private group(call: Call): Group {
    return this.groupOfCall.get(call) as Group;
  }

  private usersOf(tensor: Tensor): Group[] {
    return (this.consumers.get(tensor) ?? []).map((call) => this.group(call));
  }

  private usesOf(tensor: Tensor): Edge[] {
    const users = [...new Set(this.consumers.get(tensor) ?? [])];
    return users.flatMap((call) => inputsOf(call).filter((edge) => edge.tensor === tensor));
  }

  /** Uses of the producer's tensors by calls of the consumer. */
  private edges(producer: Group, consumer: Group): Edge[] {
    const edges = [...consumer.members].flatMap(inputsOf);
    return edges.filter(({ tensor }) => producer.members.has(tensor.call));
  }

  /** Whether a call that is itself element for element with its group's domain reads its input there, too. */
  private isAligned({ call, k }: Edge, consumer: Group): boolean {
    if (call.op.kernel.kind === "reduce") return true;
    const output = call.outputs[0] as Tensor;
    return (consumer.element.has(output) || consumer.row.has(output)) && accessesOf(call).inputs[k] === "aligned";
  }

  /**
   * Whether a call over the elements of rows broadcasts a value of each row along it, or makes of it another value of
   * each row that is only used so; these are collected.
   */
  private isOverRow({ call, k }: Edge, consumer: Group, rows: number, columns: number, derived: Set<Tensor>): boolean {
    if (call.op.kernel.kind === "reduce") return false;
    const output = call.outputs[0] as Tensor;
    const access = accessesOf(call).inputs[k];
    if (sizeOf(output.shape) === rows && columns > 1) {
      if (access !== "aligned" || this.wanted.has(output)) return false;
      derived.add(output);
      const uses = this.usesOf(output);
      return uses.every(
        (use) => consumer.members.has(use.call) && this.isOverRow(use, consumer, rows, columns, derived),
      );
    }
    if (!consumer.element.has(output) && !this.leadsToRows(output, consumer)) return false;
    if (access === "indexed" || sizeOf(output.shape) !== rows * columns) return false;
    const { shape } = call.inputs[k] as Tensor;
    const padded = [...new Array<number>(output.shape.length - shape.length).fill(1), ...shape];
    const split = padded.findLastIndex((size) => size !== 1) + 1;
    const keepsRows = padded.slice(0, split).every((size, axis) => size === output.shape[axis]);
    return keepsRows && sizeOf(padded) === rows && sizeOf(output.shape.slice(split)) === columns;
  }

  /** Whether a pointwise member of a group of rows feeds its reductions element for element. */
  private leadsToRows(tensor: Tensor, group: Group): boolean {
    if (sizeOf(tensor.shape) !== group.size) return false;
    return this.usesOf(tensor).every((use) => group.members.has(use.call) && this.feedsRows(use, group));
  }

  /** Whether a call that feeds its group's reductions element for element reads its input there, too. */
  private feedsRows({ call, k }: Edge, consumer: Group): boolean {
    if (call.op.kernel.kind === "reduce") return true;
    return accessesOf(call).inputs[k] === "aligned" && this.leadsToRows(call.outputs[0] as Tensor, consumer);
  }

  private mayUnite(producer: Group, consumer: Group): boolean {
    const isCopy = [producer, consumer].some((group) => first(group).op === copyOp);
    return !isCopy && this.fits(producer, consumer) && !this.reachesAround(producer, consumer);
  }

  private unite(a: Group, b: Group, changes: Partial<Group>): true {
    const main = b.kind === "rows" && a.kind === "pointwise" ? b : a;
    const [producer, consumer] = changes.kind === undefined ? [main, main] : [b, b];
    const united: Group = {
      ...(changes.kind === undefined ? producer : consumer),
      ...changes,
      members: union(a.members, b.members),
    };
    for (const call of united.members) this.groupOfCall.set(call, united);
    return true;
  }

  /** Tensors of a group that other groups read, or that are wanted. */
  private outputsOf(group: Group): Tensor[] {
    const made = [...group.members].flatMap((call) => call.outputs);
    return made.filter((tensor) => this.wanted.has(tensor) || this.usersOf(tensor).some((user) => user !== group));
  }

  private fits(a: Group, b: Group): boolean {
    const members = union(a.members, b.members);
    const bound = new Set<Tensor | "scalars">();
    for (const call of members) {
      for (const input of call.inputs) {
        const base = baseOf(input);
        if (!members.has(base.call) && uniformValue(base) === undefined)
          bound.add(this.scalars.has(base) ? "scalars" : base);
      }
      for (const output of call.outputs) {
        const leaves = (this.consumers.get(output) ?? []).some((user) => !members.has(user));
        if (leaves || this.wanted.has(output)) bound.add(this.scalars.has(output) ? "scalars" : output);
      }
    }
    return bound.size <= this.adapter.maxBindings;
  }

  private successors(group: Group): Set<Group> {
    const next = new Set<Group>();
    for (const call of group.members)
      for (const output of call.outputs) for (const user of this.usersOf(output)) next.add(user);
    next.delete(group);
    return next;
  }

  /** Whether the consumer also depends on the producer through a third group. */
  private reachesAround(producer: Group, consumer: Group): boolean {
    const others = [...this.successors(producer)].filter((group) => group !== consumer);
    return others.some((group) => this.reaches(group, consumer)) || this.reaches(consumer, producer);
  }

  private reaches(from: Group, to: Group): boolean {
    const seen = new Set<Group>([from]);
    const pending = [from];
    for (let group = pending.pop(); group !== undefined; group = pending.pop()) {
      if (group === to) return true;
      for (const next of this.successors(group)) {
        if (!seen.has(next)) {
          seen.add(next);
          pending.push(next);
        }
      }
    }
    return false;
  }

  private isCostly(group: Group): boolean {
    return [...group.members].some(({ op }) => (op.kernel as PointwiseKernel<unknown>).costly === true);
  }

  private stagesOf(group: Group): number {
    return [...group.members].filter(({ op }) => op.kernel.kind === "reduce").length + (group.element.size > 0 ? 1 : 0);
  }

  private weightOf(group: Group): number {
    return [...group.members].filter((call) => call.op.kernel.kind === "pointwise" && call.inputs.length > 0).length;
  }
}

interface Edge {
  readonly tensor: Tensor;
  readonly call: Call;
  readonly k: number;
}

function inputsOf(call: Call): Edge[] {
  return call.inputs.map((input, k) => ({ tensor: baseOf(input), call, k }));
}

/** The shader output whose stores carry an epilogue, if there is one. */
export function fusedOutput(group: Group): Tensor | undefined {
  const read = [...group.members].flatMap(({ inputs }) => inputs.map(baseOf));
  return group.shader?.outputs.find((output) => read.includes(output));
}

function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a, ...b]);
}

function first(group: Group): Call {
  return group.members.values().next().value as Call;
}
