import { isReserved } from "../graph/metrics-ring.ts";
import type { ReplayPlan } from "../graph/replay.ts";
import type { StepMetrics } from "../graph/run-options.ts";
import { sizeOf, type Tensor } from "../graph/tensor.ts";
import { arrayOf, type Values } from "../graph/values.ts";
import { holdsSamples } from "./batches.ts";
import type { StopRule } from "./stop-rule.ts";

/** Where a run stood some time ago, and what was set since: enough to do its steps once more, bit for bit. */
export interface Snapshot {
  readonly state: ReadonlyMap<string, Values>;
  readonly stopRule: StopRule;
  readonly validated: StepMetrics | undefined;
  readonly changes: LiveChange[];
}

/** A live number that was set after so many steps. */
export interface LiveChange {
  readonly after: number;
  readonly tensor: Tensor;
  readonly value: number;
}

/** Whether all of a state are finite numbers. */
export function isFiniteState(state: ReadonlyMap<string, Values>): boolean {
  return [...state.values()].every((values) => values.every(Number.isFinite));
}

/** All of a plan's variables but the samples, with the values given; the others are 0. */
export function stateOf(
  { variables }: Pick<ReplayPlan, "variables">,
  given: ReadonlyMap<string, Values>,
): Map<string, Values> {
  const state = new Map<string, Values>();
  for (const [name, { dtype, shape }] of variables) {
    if (holdsSamples(name) || isReserved(name)) continue;
    state.set(name, given.get(name) ?? new (arrayOf(dtype))(sizeOf(shape)));
  }
  return state;
}
