import { gradient } from "../../src/graph/gradient.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import { apply, type Op } from "../../src/graph/op.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import type { Case, OpRow, Random } from "./row.ts";

/** A case as graph. Its values enter as variables, so that nothing of it is folded into constants. */
export interface CaseGraph {
  readonly label: string;
  readonly drawn: Case;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** The random r of the loss Σ y · r: one for each f32 output, with the number of that output. */
  readonly weights: readonly (readonly [output: number, weight: Tensor])[];
  /** Gradients of that loss, with the input each belongs to. */
  readonly gradients: readonly (readonly [input: number, dx: Tensor])[];
  readonly feed: ReadonlyMap<Tensor, NdArray>;
}

let graphs = 0;

/** Builds the graph of a case and of the gradients with respect to the inputs that the row names. */
export function buildCase(drawn: Case, gradientOf: OpRow["gradient"], random: Random): CaseGraph {
  const prefix = `case${graphs++}`;
  const inputs = drawn.inputs.map(({ shape, dtype }, k) => variable(`${prefix}.input${k}`, shape, dtype));
  const feed = new Map<Tensor, NdArray>(drawn.inputs.map((value, k) => [inputs[k] as Tensor, value]));
  const built = drawn.build(inputs);
  const outputs = Array.isArray(built) ? (built as readonly Tensor[]) : [built as Tensor];
  if ("none" in gradientOf) return { label: drawn.label, drawn, inputs, outputs, weights: [], gradients: [], feed };

  const weights: [number, Tensor][] = [];
  for (const [k, { dtype, shape }] of outputs.entries()) {
    if (dtype !== "f32") continue;
    const weight = variable(`${prefix}.weight${k}`, shape);
    feed.set(weight, random.uniform(shape, -1, 1));
    weights.push([k, weight]);
  }
  const pairs = weights.flatMap(([k, weight]) => [outputs[k] as Tensor, weight]);
  const loss = apply(weightedSumOp, pairs, {});
  const wanted = gradientOf.map((k) => inputs[k] as Tensor);
  const gradients = gradient(loss, wanted).map((dx, k): [number, Tensor] => [gradientOf[k] as number, dx]);
  return { label: drawn.label, drawn, inputs, outputs, weights, gradients, feed };
}

/** Float64 values of the case's outputs. */
export function referenceOf(graph: CaseGraph, feed = graph.feed): NdArray[] {
  return interpret(graph.outputs, feed);
}

/**
 * loss = Σ y · r over pairs of inputs (y, r). It stands at the end of the graph, where its own dy is 1: so dy of y is r
 * itself and no other op takes part in the test of one. The loss is never run, only differentiated.
 */
const weightedSumOp: Op<Record<never, never>> = {
  name: "weightedSum",
  infer: () => ({ shape: [], dtype: "f32" }),
  reference: () => {
    throw new Error("the loss of a case is differentiated, not computed");
  },
  kernel: { kind: "source" },
  gradient: (_, { inputs }) => inputs.map((_, k) => (k % 2 === 0 ? inputs[k + 1] : undefined)),
};
