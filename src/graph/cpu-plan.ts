import { Interpretation } from "./interpreter.ts";
import { nameOfVariable } from "./ops/variable.ts";
import { simplify } from "./passes/simplify.ts";
import { checkProgram, type Program } from "./program.ts";
import type { ReplayPlan } from "./replay.ts";
import { sizeOf, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";

/** A program as the interpreter evaluates it. */
export interface CpuPlan extends ReplayPlan {
  readonly dispatches: ReturnType<typeof callsOf>;
  /** Gives the new values of `updates`, then `metrics`, then `outputs`. */
  readonly interpretation: Interpretation;
  /** The variables that it is to be fed with, by name. */
  readonly feed: ReadonlyMap<string, Tensor>;
  /** Names of the variables that a step changes. */
  readonly updates: readonly string[];
  readonly metrics: readonly string[];
  readonly outputs: readonly Tensor[];
}

/** Simplifies a program as `compile` does, so that nothing is computed twice, and leaves its ops whole. */
export function cpuPlan(program: Program): CpuPlan {
  checkProgram(program);
  const { updates = [], metrics = {}, outputs = [] } = program;
  const wanted = [...updates.map(([, value]) => value), ...Object.values(metrics), ...outputs];
  const simpler = simplify(wanted);
  const roots = wanted.map((tensor) => simpler.get(tensor) as Tensor);
  const feed = variablesOf(roots);
  const targets = updates.map(([target]) => target);
  const variables = new Map([...targets.map((target) => [nameOfVariable(target), target] as const), ...feed]);
  const interpretation = new Interpretation(roots);
  const bytes = [...variables.values()].reduce((sum, { shape }) => sum + 8 * sizeOf(shape), 0);
  return {
    variables,
    dropped: new Map([...variablesOf(wanted)].filter(([name]) => !variables.has(name))),
    dispatches: interpretation.calls.filter(({ op }) => op.kernel.kind !== "source"),
    memory: { total: bytes + interpretation.peakBytes },
    interpretation,
    feed,
    updates: targets.map(nameOfVariable),
    metrics: Object.keys(metrics),
    outputs,
  };
}

function variablesOf(roots: readonly Tensor[]): Map<string, Tensor> {
  const variables = callsOf(roots).filter(({ op }) => op.name === "variable");
  return new Map(variables.flatMap(({ outputs }) => outputs.map((tensor) => [nameOfVariable(tensor), tensor])));
}
