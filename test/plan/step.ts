import { interpret } from "../../src/graph/interpreter.ts";
import { NdArray } from "../../src/graph/nd-array.ts";
import type { Program } from "../../src/graph/program.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Initial } from "./open.ts";

/** Variables as the reference interpreter holds them between steps. */
export type State = Map<Tensor, NdArray>;

/** What one step of the interpreter gives. */
export interface StepResult {
  readonly state: State;
  readonly metrics: Readonly<Record<string, number>>;
  readonly outputs: readonly NdArray[];
}

/** What the variables start from; those of the program that are not written start from zeros, as on the GPU. */
export function stateOf(initial: Initial, { updates = [] }: Program = {}): State {
  const state: State = new Map(updates.map(([variable]) => [variable, NdArray.zeros(variable.shape, variable.dtype)]));
  for (const [tensor, values] of initial) {
    state.set(tensor, new NdArray(tensor.shape, Array.from(values), tensor.dtype));
  }
  return state;
}

/** One step in float64: every value is computed from the state before it, then all updates are applied at once. */
export function step(program: Program, state: State): StepResult {
  const { updates = [], metrics = {}, outputs = [] } = program;
  const names = Object.keys(metrics);
  const values = interpret([...updates.map(([, value]) => value), ...Object.values(metrics), ...outputs], state);
  const next = new Map(state);
  for (const [variable] of updates) next.set(variable, values.shift() as NdArray);
  const entries = names.map((name) => [name, (values.shift() as NdArray).at(0)]);
  return { state: next, metrics: Object.fromEntries(entries), outputs: values };
}
