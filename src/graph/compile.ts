import type { AdapterProfile } from "../gpu/device.ts";
import { assemble } from "./assemble.ts";
import { uniformValue } from "./codegen/emitter.ts";
import { withMetricsRing } from "./metrics-ring.ts";
import { copy } from "./ops/copy.ts";
import { fuse } from "./passes/fuse.ts";
import type { Wanted } from "./passes/group-graph.ts";
import type { Group } from "./passes/groups.ts";
import { lower } from "./passes/lower.ts";
import type { Replacements } from "./passes/rewrite.ts";
import { scalarsOf } from "./passes/scalars.ts";
import { schedule, type Updates } from "./passes/schedule.ts";
import { separateInputs } from "./passes/separate-inputs.ts";
import { simplify } from "./passes/simplify.ts";
import type { Plan } from "./plan.ts";
import { checkProgram, type Program } from "./program.ts";
import { sizeOf, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";
import { baseOf } from "./views.ts";

/** Passes to leave out, so that the naive plan can be compared with the optimised one. */
export interface CompileOptions {
  readonly fuse?: boolean;
  /** Whether a result may take the place of an input that is not needed any more. */
  readonly inPlace?: boolean;
  /** Whether tensors that are never alive at once may share memory. */
  readonly reuseMemory?: boolean;
}

/** What the passes made of a program: dispatches in order, and what must be found where. */
export interface Compiled {
  readonly order: readonly Group[];
  readonly updates: Updates;
  readonly wanted: Wanted;
  /** Wanted after the step, not only at a tap. */
  readonly lasting: ReadonlySet<Tensor>;
  readonly scalars: ReadonlyMap<Tensor, number>;
  /** The tensor that stands for one of the program. */
  readonly standIn: (tensor: Tensor) => Tensor | undefined;
  readonly roots: readonly Tensor[];
}

/**
 * Compiles a step: simplifies and lowers the graph, fuses it into dispatches, orders them, lays out their memory and
 * generates their code. Pure: the same program and adapter give the same plan. Throws "shape", "graph" or "limit".
 */
export function compile(program: Program, adapter: AdapterProfile, options: CompileOptions = {}): Plan {
  checkProgram(program);
  const whole = withMetricsRing(program);
  const { updates = [], outputs = [], keep = [] } = whole;
  const wishes = [...new Set([...outputs, ...keep, ...updates.flat()])];
  const lowered = inTurn(wishes, [simplify, (roots) => lower(roots, adapter), simplify, separateInputs]);
  const find = (tensor: Tensor) => lowered.get(tensor) as Tensor;

  // A value that is written into a variable, or read after the step, needs memory of its own.
  const stored = new Map<Tensor, Tensor>();
  const targets = new Map<Tensor, Tensor>();
  for (const [variable, value] of updates) {
    if (sizeOf(variable.shape) === 0) continue;
    let result = find(value);
    const base = baseOf(result);
    if (base.call.op.kernel.kind === "source" || targets.has(base)) result = copy(result);
    targets.set(baseOf(result), find(variable));
  }
  const updated = new Set(targets.values());
  for (const tensor of [...outputs, ...keep]) {
    const result = find(tensor);
    const base = baseOf(result);
    const isUniform = uniformValue(base) !== undefined && sizeOf(result.shape) > 0;
    // What turns out to be a variable in another shape is its value before the step, which the update replaces.
    const isReplaced = updated.has(base) && tensor.call.op.kernel.kind !== "source";
    if (isUniform || isReplaced) stored.set(tensor, copy(result));
  }
  const standIn = (tensor: Tensor) => stored.get(tensor) ?? lowered.get(tensor);
  const lasting = new Set(outputs.map((tensor) => baseOf(standIn(tensor) as Tensor)));
  const kept = keep.map((tensor) => baseOf(standIn(tensor) as Tensor));

  const settle = (): Compiled => {
    const wanted = new Set([...lasting, ...kept, ...targets.keys()]);
    const roots = [...wanted];
    const scalars = scalarsOf(callsOf([...targets.values(), ...roots]), targets);
    const groups = fuse(roots, { wanted, scalars, updates: targets }, adapter, options.fuse ?? true);
    const { order, conflicts } = schedule(groups, targets);
    if (conflicts.length === 0) return { order, updates: targets, wanted, lasting, scalars, standIn, roots };
    for (const value of conflicts) {
      const variable = targets.get(value) as Tensor;
      targets.delete(value);
      targets.set(copy(value), variable);
    }
    return settle();
  };
  return assemble(settle(), whole, adapter, options);
}

/** Runs passes one after the other; says which tensor stands for each root in the end. */
function inTurn(
  roots: readonly Tensor[],
  passes: readonly ((roots: readonly Tensor[]) => Replacements)[],
): Replacements {
  let current = roots;
  for (const pass of passes) {
    const replaced = pass(current);
    current = current.map((tensor) => replaced.get(tensor) as Tensor);
  }
  return new Map(roots.map((root, k) => [root, current[k] as Tensor]));
}
