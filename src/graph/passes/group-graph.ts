import type { AdapterProfile } from "../../gpu/device.ts";
import { uniformValue } from "../codegen/emitter.ts";
import type { Call, Tensor } from "../tensor.ts";
import { baseOf } from "../views.ts";
import { type Group, groupOf } from "./groups.ts";
import type { Updates } from "./schedule.ts";

/** Which tensors must be in memory after the step or at its taps; they are bases, not views. */
export type Wanted = ReadonlySet<Tensor>;

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
  private readonly ends: Ends;
  private readonly maxBindings: number;

  constructor(calls: readonly Call[], ends: Ends, { maxBindings }: Pick<AdapterProfile, "maxBindings">) {
    this.ends = ends;
    this.maxBindings = maxBindings;
    for (const call of calls) {
      this.groupOfCall.set(call, groupOf(call));
      for (const edge of inputsOf(call)) this.uses.set(edge.tensor, [...this.usesOf(edge.tensor), edge]);
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
    return true;
  }

  /** Whether both groups in one dispatch bind no more than the device can. */
  fits(a: Group, b: Group): boolean {
    const members = union(a.members, b.members);
    const bound = new Set<Tensor | "scalars">();
    const { scalars, updates } = this.ends;
    const bind = (tensor: Tensor) => bound.add(scalars.has(tensor) ? "scalars" : (updates.get(tensor) ?? tensor));
    for (const call of members) {
      for (const { tensor } of inputsOf(call)) {
        if (!members.has(tensor.call) && uniformValue(tensor) === undefined) bind(tensor);
      }
      for (const output of call.outputs) if (this.leaves(output, members)) bind(output);
    }
    return bound.size <= this.maxBindings;
  }

  /** Whether the consumer also depends on the producer through a third group. */
  reachesAround(producer: Group, consumer: Group): boolean {
    const others = [...this.successors(producer)].filter((group) => group !== consumer);
    return others.some((group) => this.reaches(group, consumer)) || this.reaches(consumer, producer);
  }

  reaches(from: Group, to: Group): boolean {
    const seen = new Set<Group>([from]);
    for (const group of seen) {
      if (group === to) return true;
      for (const next of this.successors(group)) seen.add(next);
    }
    return false;
  }

  private successors(group: Group): Set<Group> {
    const outputs = [...group.members].flatMap((call) => call.outputs);
    const next = new Set(outputs.flatMap((output) => [...this.usersOf(output)]));
    next.delete(group);
    return next;
  }
}

function inputsOf(call: Call): Edge[] {
  return call.inputs.map((input, k) => ({ tensor: baseOf(input), call, k }));
}

export function union<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> {
  return new Set([...a, ...b]);
}
