import { DescentError } from "../errors.ts";
import { originOf, withNode } from "./op.ts";
import { add } from "./ops/add.ts";
import { constant } from "./ops/constant.ts";
import { stopGradientOp } from "./ops/stop-gradient.ts";
import { type Call, formatShape, type Tensor } from "./tensor.ts";
import { callsOf } from "./traverse.ts";

/**
 * Reverse-mode differentiation: the gradients of a scalar loss with respect to tensors, as graph that is compiled
 * like any other. A tensor that the loss does not depend on has a gradient of zeros.
 */
export function gradient(loss: Tensor, withRespectTo: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0 || loss.dtype !== "f32") {
    throw new DescentError(
      "graph",
      `the loss is ${loss.dtype} of shape ${formatShape(loss.shape)}, not an f32 scalar; reduce it with mean or sum`,
      originOf(loss.call),
    );
  }
  const gradients = new Map<Tensor, Tensor>([[loss, constant(1)]]);
  const accumulate = (tensor: Tensor, dy: Tensor) => {
    const before = gradients.get(tensor);
    gradients.set(tensor, before === undefined ? dy : add(before, dy));
  };
  const wanted = dependents(callsOf([loss]), new Set(withRespectTo));
  for (const call of callsOf([loss]).reverse()) {
    if (!wanted.has(call)) continue;
    const dy = call.outputs.map((output) => gradients.get(output));
    if (dy.every((value) => value === undefined)) continue;
    const inputGradients = withNode(call.node, () => gradientOf(call, dy));
    for (const [k, input] of call.inputs.entries()) {
      const dx = inputGradients[k];
      if (dx !== undefined && input.dtype === "f32") withNode(call.node, () => accumulate(input, dx));
    }
  }
  return withRespectTo.map((tensor) => gradients.get(tensor) ?? constant(0, tensor.shape));
}

function gradientOf(call: Call, dy: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[] {
  if (call.op.gradient === undefined) {
    if (call.op.kernel.kind === "source") return [];
    throw new DescentError("graph", "has no gradient; stop the gradient before it with stopGradient", originOf(call));
  }
  return call.op.gradient(dy, call);
}

/** The calls through which the loss depends on the given tensors; the others need no gradient. */
function dependents(calls: readonly Call[], tensors: ReadonlySet<Tensor>): Set<Call> {
  const found = new Set<Call>();
  for (const call of calls) {
    const reached = call.inputs.some((input) => tensors.has(input) || found.has(input.call));
    if (reached && call.op !== stopGradientOp) found.add(call);
  }
  return found;
}
