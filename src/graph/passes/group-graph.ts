import type { AdapterProfile } from "../../gpu/device.ts";
import { uniformValue } from "../codegen/emitter.ts";
import type { Call, Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { type Group, groupOf } from "./groups.ts";
import type { Updates } from "./schedule.ts";

/** Which tensors must be in memory after the step or at its taps; they are bases, not views. */
export type Wanted = ReadonlySet<Tensor>;

/** A dispatch of more calls would be code that drivers take long to compile. */
const MOST_CALLS = 256;

/** What the groups are for, beside each other. */
export interface Ends {
  readonly wanted: Wanted;
  /** Single numbers: they share one binding. */
  readonly scalars: ReadonlyMap<Tensor, number>;
  /** New values of variables: a value is written where the variable lies, so both are one binding. */
  readonly updates: Updates;
}

/** A use of a tensor: as input k of a call. */
export interface Edge {
  readonly tensor: Tensor;
  readonly call: Call;
  readonly k: number;
}

/** The calls in groups, at first one a call, and who uses whose results. */
export class GroupGraph {
  private readonly groupOfCall = new Map<Call, Group>();
  private readonly uses = new Map<Tensor, Edge[]>();
  private readonly before = new Map<Group, Set<Group>>();
  private readonly after = new Map<Group, Set<Group>>();
  private readonly ends: Ends;
  private readonly maxBindings: number;

  constructor(calls: readonly Call[], ends: Ends, { maxBindings }: Pick<AdapterProfile, "maxBindings">) {
    this.ends = ends;
    this.maxBindings = maxBindings;
    for (const call of calls) {
      this.groupOfCall.set(call, groupOf(call));
      for (const edge of inputsOf(call)) this.uses.set(edge.tensor, [...this.usesOf(edge.tensor), edge]);
    }
    for (const group of this.groups()) {
      this.before.set(group, new Set());
      this.after.set(group, new Set());
    }
    for (const call of calls) {
      for (const { tensor } of inputsOf(call)) this.join(this.producerOf(tensor), this.group(call));
    }
  }

  groups(): Group[] {
    return [...new Set(this.groupOfCall.values())];
  }

  group(call: Call): Group {
    return this.groupOfCall.get(call) as Group;
  }

  /** The group that computes a tensor; undefined for variables and constants. */
  producerOf(tensor: Tensor): Group | undefined {
    return this.groupOfCall.get(tensor.call);
  }

  usesOf(tensor: Tensor): readonly Edge[] {
    return this.uses.get(tensor) ?? [];
  }

  usersOf(tensor: Tensor): Set<Group> {
    return new Set(this.usesOf(tensor).map(({ call }) => this.group(call)));
  }

  /** Uses of the producer's tensors by calls of the consumer. */
  edges(producer: Group, consumer: Group): Edge[] {
    const edges = [...consumer.members].flatMap(inputsOf);
    return edges.filter(({ tensor }) => producer.members.has(tensor.call));
  }

  /** Whether a tensor of one of these calls must be in memory: it is wanted, or others read it. */
  leaves(tensor: Tensor, members: ReadonlySet<Call>): boolean {
    return this.ends.wanted.has(tensor) || this.usesOf(tensor).some(({ call }) => !members.has(call));
  }

  /** Makes one group of two; it is like `main`, but for the changes. */
  unite(main: Group, other: Group, changes: Partial<Group> = {}): true {
    const united: Group = { ...main, ...changes, members: union(main.members, other.members) };
    for (const call of united.members) this.groupOfCall.set(call, united);
    const [before, after] = [this.before, this.after].map((side) => {
      const neighbours = union(side.get(main) as Set<Group>, side.get(other) as Set<Group>);
      neighbours.delete(main);
      neighbours.delete(other);
      return neighbours;
    }) as [Set<Group>, Set<Group>];
    for (const old of [main, other]) {
      for (const group of this.before.get(old) as Set<Group>) this.after.get(group)?.delete(old);
      for (const group of this.after.get(old) as Set<Group>) this.before.get(group)?.delete(old);
      this.before.delete(old);
      this.after.delete(old);
    }
    this.before.set(united, new Set());
    this.after.set(united, new Set());
    for (const group of before) this.join(group, united);
    for (const group of after) this.join(united, group);
    return true;
  }

  private join(producer: Group | undefined, consumer: Group): void {
    if (producer === undefined) return;
    this.after.get(producer)?.add(consumer);
    this.before.get(consumer)?.add(producer);
  }

  /** Whether both groups in one dispatch bind no more than the device can, and are not too long. */
  fits(a: Group, b: Group): boolean {
    const members = union(a.members, b.members);
    const bound = new Set<Tensor | "scalars">();
    const { scalars, updates } = this.ends;
    const bind = (tensor: Tensor) => bound.add(scalars.has(tensor) ? "scalars" : (updates.get(tensor) ?? tensor));
    for (const call of members) {
      // A shader binds all that it declares, but for the output whose stores it leaves to what is fused into it.
      const isShader = call.op.kernel.kind === "shader";
      for (const { tensor } of inputsOf(call)) {
        if (!members.has(tensor.call) && (isShader || uniformValue(tensor) === undefined)) bind(tensor);
      }
      for (const output of call.outputs) {
        const isFused = this.usesOf(output).some((use) => members.has(use.call));
        if ((isShader && !isFused) || this.leaves(output, members)) bind(output);
      }
    }
    return bound.size <= this.maxBindings && members.size <= MOST_CALLS;
  }

  /** Whether a consumer of the producer's results also depends on it through a third group. */
  reachesAround(producer: Group, consumer: Group): boolean {
    const others = [...(this.after.get(producer) as Set<Group>)].filter((group) => group !== consumer);
    return others.some((group) => this.reaches(group, consumer));
  }

  reaches(from: Group, to: Group): boolean {
    const seen = new Set<Group>([from]);
    for (const group of seen) {
      if (group === to) return true;
      for (const next of this.after.get(group) as Set<Group>) seen.add(next);
    }
    return false;
  }
}

function inputsOf(call: Call): Edge[] {
  return call.inputs.map((input, k) => ({ tensor: baseOf(input), call, k }));
}

export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a, ...b]);
}
