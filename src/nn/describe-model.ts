import { type Shape, sizeOf } from "../graph/tensor.ts";
import { callsOf } from "../graph/traverse.ts";
import type { ModelDraft } from "./model.ts";

/** What a screen says of a node. */
export interface NodeDescription {
  /** Of one sample of the output. */
  readonly shape: Shape;
  /** Numbers that are trained, or frozen. */
  readonly parameters: number;
  /** Floating point operations of a forward pass for one sample; a multiplication with its addition counts as two. */
  readonly flops: number;
}

/** Describes every node that could be built, read off its calls in the graph. */
export function describeModel(model: Pick<ModelDraft, "nodes" | "parameters">): ReadonlyMap<string, NodeDescription> {
  const flops = new Map<string, number>();
  for (const call of callsOf([...model.nodes.values()])) {
    const { kind } = call.op.kernel;
    if (call.node === undefined || kind === "source" || kind === "view") continue;
    const elements = call.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    flops.set(call.node, (flops.get(call.node) ?? 0) + (call.op.flops?.(call) ?? elements));
  }
  const parameters = new Map<string, number>();
  for (const { node, tensor } of model.parameters) {
    parameters.set(node, (parameters.get(node) ?? 0) + sizeOf(tensor.shape));
  }
  return new Map(
    [...model.nodes].map(([id, { shape }]) => {
      const [batch = 1, ...sample] = shape;
      const perSample = Math.round((flops.get(id) ?? 0) / Math.max(batch, 1));
      return [id, { shape: sample, parameters: parameters.get(id) ?? 0, flops: perSample }];
    }),
  );
}
