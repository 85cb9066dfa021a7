import { DescentError } from "../errors.ts";
import { isReserved } from "./metrics-ring.ts";
import { originOf } from "./op.ts";
import { nameOfVariable } from "./ops/variable.ts";
import { formatShape, sameShape, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";

/** What one step computes. All updates read the variables' values from before the step. */
export interface Program {
  /** New values of variables: parameters, moments, counters. */
  readonly updates?: readonly (readonly [variable: Tensor, value: Tensor])[];
  /** Scalars recorded at every step. */
  readonly metrics?: Readonly<Record<string, Tensor>>;
  /** Tensors to be read after a run. */
  readonly outputs?: readonly Tensor[];
  /** Tensors that taps may want: never fused away, but their memory is reused within the step. */
  readonly keep?: readonly Tensor[];
  /** Samples a step; an error about memory then names the batch size that would fit. */
  readonly batchSize?: number;
}

/** Refuses programs whose updates do not fit their variables, whose metrics are no scalars, or with taken names. */
export function checkProgram(program: Program): void {
  const { updates = [], metrics = {} } = program;
  checkNames(program);
  const seen = new Set<string>();
  for (const [target, value] of updates) {
    if (target.call.op.name !== "variable") {
      throw new DescentError(
        "graph",
        `an update needs a variable on its left, not the result of ${target.call.op.name}`,
      );
    }
    const name = nameOfVariable(target);
    if (seen.has(name)) throw new DescentError("graph", `variable "${name}" is updated twice in one step`);
    seen.add(name);
    if (!sameShape(target.shape, value.shape) || target.dtype !== value.dtype) {
      throw new DescentError(
        "shape",
        `variable "${name}" is ${target.dtype} ${formatShape(target.shape)}, its update ${value.dtype} ${formatShape(value.shape)}; they must agree`,
        originOf(value.call),
      );
    }
  }
  for (const [name, metric] of Object.entries(metrics)) {
    if (metric.shape.length !== 0 || metric.dtype !== "f32") {
      throw new DescentError(
        "shape",
        `metric "${name}" is ${metric.dtype} ${formatShape(metric.shape)}; a metric is an f32 scalar: reduce it with mean or sum`,
        originOf(metric.call),
      );
    }
  }
}

/** Refuses the names under which the engine keeps its own variables and the number of the step. */
function checkNames({ updates = [], metrics = {}, outputs = [], keep = [] }: Program): void {
  for (const call of callsOf([...updates.flat(), ...Object.values(metrics), ...outputs, ...keep])) {
    if (call.op.name !== "variable") continue;
    const name = nameOfVariable(call.outputs[0] as Tensor);
    if (!isReserved(name)) continue;
    const message = `the name "${name}" is the engine's own; give the variable another one`;
    throw new DescentError("graph", message, originOf(call));
  }
  const taken = metrics.step;
  if (taken === undefined) return;
  const message = `"step" is the number of the step in every row; give the metric another name`;
  throw new DescentError("graph", message, originOf(taken.call));
}
