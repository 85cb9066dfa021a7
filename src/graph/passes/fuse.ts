import type { AdapterProfile } from "../../gpu/device.ts";
import { accessesOf } from "../codegen/access.ts";
import { storeHookOf } from "../codegen/hooks.ts";
import type { PointwiseKernel } from "../op.ts";
import { copyOp } from "../ops/copy.ts";
import { type Call, sizeOf, type Tensor } from "../tensor.ts";
import { callsOf } from "../traverse.ts";
import { baseOf } from "../views.ts";
import { type Edge, type Ends, GroupGraph, union, type Wanted } from "./group-graph.ts";
import { fusedOutput, type Group, type Rows, sameRows } from "./groups.ts";

/** A small chain may be computed again for every element of a larger tensor; a longer one is computed once. */
const RECOMPUTED_CALLS = 4;
/** Rows up to this long are kept by one workgroup, which can write elements beside what it reduces them to. */
const RESIDENT_COLUMNS = 16384;
/** Unrelated pointwise groups up to this size share a dispatch. */
const SMALL_SIZE = 1024;

/**
 * Partitions the calls into dispatches. Every call starts alone; then
 * 1. chains of pointwise calls fold into their one consumer, be it pointwise or a reduction;
 * 2. groups join the groups that produce their inputs: epilogues join shaders, what follows a reduction joins it
 *    (so a softmax or a layer norm is one dispatch), and pointwise groups of one size become one with several outputs;
 * 3. small unrelated pointwise groups (counters, schedules) share a dispatch.
 * No step makes a cycle of groups, or a dispatch with more bindings than the device has.
 */
export function fuse(roots: readonly Tensor[], ends: Ends, adapter: AdapterProfile, enabled: boolean): Group[] {
  const calls = callsOf(roots).filter(({ op, outputs }) => {
    const isComputed = op.kernel.kind !== "source" && op.kernel.kind !== "view";
    return isComputed && outputs.some(({ shape }) => sizeOf(shape) > 0);
  });
  const graph = new GroupGraph(calls, ends, adapter);
  if (enabled) {
    const fusion = new Fusion(graph, ends.wanted, adapter);
    for (const call of [...calls].reverse()) fusion.foldIntoConsumer(call);
    let merged = true;
    while (merged) {
      merged = false;
      for (const call of calls) while (fusion.joinProducer(call)) merged = true;
    }
    fusion.shareSmall();
  }
  return graph.groups();
}

class Fusion {
  private readonly graph: GroupGraph;
  /** What `leadsToRows` found during one attempt to merge. */
  private readonly leading = new Map<Tensor, boolean>();
  private readonly wanted: Wanted;
  private readonly adapter: AdapterProfile;

  constructor(graph: GroupGraph, wanted: Wanted, adapter: AdapterProfile) {
    this.graph = graph;
    this.wanted = wanted;
    this.adapter = adapter;
  }

  /** Step 1. */
  foldIntoConsumer(call: Call): void {
    const producer = this.graph.group(call);
    if (producer.kind !== "pointwise") return;
    const [output] = call.outputs as [Tensor];
    const [consumer, ...others] = this.graph.usersOf(output);
    if (consumer === undefined || others.length > 0 || this.wanted.has(output)) return;
    this.mergePointwise(producer, consumer);
  }

  /** Step 2. True where something was merged. */
  joinProducer(call: Call): boolean {
    for (const input of call.inputs) {
      const producer = this.graph.producerOf(baseOf(input));
      const consumer = this.graph.group(call);
      if (producer !== undefined && producer !== consumer && this.merge(producer, consumer)) return true;
    }
    return false;
  }

  /** Step 3. */
  shareSmall(): void {
    const small = this.graph
      .groups()
      .filter((group) => group.kind === "pointwise" && group.size <= SMALL_SIZE && !isCopy(group));
    for (const [k, group] of small.entries()) {
      for (const other of small.slice(0, k)) {
        const current = this.graph.group(first(other));
        if (current === group || current.size !== group.size || this.graph.group(first(group)) !== group) continue;
        if (
          !this.graph.reaches(group, current) &&
          !this.graph.reaches(current, group) &&
          this.graph.fits(current, group)
        ) {
          this.graph.unite(current, group, { element: union(current.element, group.element) });
        }
      }
    }
  }

  private merge(producer: Group, consumer: Group): boolean {
    this.leading.clear();
    if (producer.kind === "pointwise") return this.mergePointwise(producer, consumer);
    if (producer.kind === "shader") return this.mergeEpilogue(producer, consumer);
    return this.mergeAfterReduction(producer, consumer);
  }

  private mergePointwise(producer: Group, consumer: Group): boolean {
    if (consumer.kind === "shader") return false;
    const edges = this.graph.edges(producer, consumer);
    const isAligned = edges.every((edge) => this.isAligned(edge, consumer));
    if (consumer.kind === "pointwise" && isAligned && producer.size === consumer.size) {
      return this.unite(producer, consumer, { element: union(producer.element, consumer.element) });
    }
    const outputs = [...producer.members].flatMap((call) => call.outputs);
    if (outputs.some((tensor) => this.graph.leaves(tensor, union(producer.members, consumer.members)))) return false;
    const repeats = consumer.kind === "rows" && this.stagesOf(consumer) > 1;
    if (this.isCostly(producer) && (repeats || !isAligned)) return false;
    if (consumer.size > producer.size && this.weightOf(producer) > RECOMPUTED_CALLS) return false;
    return this.mayUnite(producer, consumer) && this.graph.unite(consumer, producer);
  }

  /** Bias, activation, residual: pointwise calls on one output of a shader, element for element. */
  private mergeEpilogue(producer: Group, consumer: Group): boolean {
    if (consumer.kind !== "pointwise" || consumer.size === 0) return false;
    const edges = this.graph.edges(producer, consumer);
    if (!edges.every((edge) => this.isAligned(edge, consumer))) return false;
    const shader = producer.shader as Call;
    const own = edges.flatMap(({ tensor }) => (tensor.call === shader ? [tensor] : []));
    const [root, ...others] = new Set([...own, fusedOutput(producer)].filter((tensor) => tensor !== undefined));
    if (root === undefined || others.length > 0) return false;
    if (sizeOf(root.shape) !== consumer.size || root.dtype !== "f32" || !storeHookOf(shader, root, this.adapter))
      return false;
    return this.unite(producer, consumer, {
      element: union(producer.element, consumer.element),
      size: consumer.size,
    });
  }

  /** What is computed from the results of reductions, a row or an element at a time, and further reductions. */
  private mergeAfterReduction(producer: Group, consumer: Group): boolean {
    if (consumer.kind === "shader") return false;
    const { rows, columns } = producer.rows as Rows;
    const edges = this.graph.edges(producer, consumer);
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
      if (derived.has(output)) return true;
      derived.add(output);
      const uses = this.graph.usesOf(output);
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
    let leads = this.leading.get(tensor);
    leads ??=
      sizeOf(tensor.shape) === group.size &&
      this.graph.usesOf(tensor).every((use) => group.members.has(use.call) && this.feedsRows(use, group));
    this.leading.set(tensor, leads);
    return leads;
  }

  /** Whether a call that feeds its group's reductions element for element reads its input there, too. */
  private feedsRows({ call, k }: Edge, consumer: Group): boolean {
    if (call.op.kernel.kind === "reduce") return true;
    return accessesOf(call).inputs[k] === "aligned" && this.leadsToRows(call.outputs[0] as Tensor, consumer);
  }

  private unite(producer: Group, consumer: Group, changes: Partial<Group>): boolean {
    return this.mayUnite(producer, consumer) && this.graph.unite(producer, consumer, changes);
  }

  private mayUnite(producer: Group, consumer: Group): boolean {
    return (
      !isCopy(producer) &&
      !isCopy(consumer) &&
      this.graph.fits(producer, consumer) &&
      !this.graph.reachesAround(producer, consumer)
    );
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

/** The compiler makes copies where values must be apart: they stay so. */
function isCopy(group: Group): boolean {
  return first(group).op === copyOp;
}

function first(group: Group): Call {
  return group.members.values().next().value as Call;
}
