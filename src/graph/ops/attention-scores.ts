import type { NdArray } from "../nd-array.ts";
import { apply, type Op, type PointwiseContext } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { LOWEST } from "./attention-reference.ts";
import { floatLiteral } from "./literal.ts";

/** Attributes of the pointwise parts of the composed attention. */
export interface ScoresAttrs {
  readonly causal: boolean;
  readonly scale: number;
  /** T: the rows of the scores are the queries of one head after another. */
  readonly queries: number;
}

/** scores · scale, and the lowest f32 where the key is hidden. scores: (B, Hk, rows, S); keep: (B, S), u32. */
export function attentionScores(scores: Tensor, keep: Tensor | undefined, attrs: ScoresAttrs): Tensor {
  return apply(attentionScoresOp, keep === undefined ? [scores] : [scores, keep], attrs);
}

/** exp(scores · scale − lse), and 0 where the key is hidden. lse: (B, Hk, rows, 1). */
export function attentionWeights(scores: Tensor, lse: Tensor, keep: Tensor | undefined, attrs: ScoresAttrs): Tensor {
  return apply(attentionWeightsOp, keep === undefined ? [scores, lse] : [scores, lse, keep], attrs);
}

export const attentionScoresOp: Op<ScoresAttrs> = {
  name: "attentionScores",
  infer: ([scores]) => scores as Tensor,
  reference: ([scores, keep], attrs) =>
    mapVisible(scores as NdArray, keep, attrs, (score) => score * attrs.scale, LOWEST),
  kernel: {
    kind: "pointwise",
    emit: (context) => {
      const score = `${context.input(0)} * ${scaleOf(context)}`;
      return selectVisible(context, 1, score, "-0x1.fffffep+127f");
    },
  },
};

export const attentionWeightsOp: Op<ScoresAttrs> = {
  name: "attentionWeights",
  infer: ([scores]) => scores as Tensor,
  reference: ([scores, lse, keep], attrs) => {
    const columns = scores?.shape[3] as number;
    const weight = (score: number, position: number) =>
      Math.exp(score * attrs.scale - (lse as NdArray).at(Math.floor(position / columns)));
    return mapVisible(scores as NdArray, keep, attrs, weight, 0);
  },
  kernel: {
    kind: "pointwise",
    emit: (context) => {
      const weight = `exp(${context.input(0)} * ${scaleOf(context)} - ${context.input(1)})`;
      return selectVisible(context, 2, weight, "0.0");
    },
  },
};

function scaleOf({ attrs }: PointwiseContext<ScoresAttrs>): string {
  return floatLiteral(attrs.scale);
}

/** Query t of T sees the keys s of S with s ≤ t + S − T, where it is causal, that the mask keeps. */
function selectVisible(
  { attrs, at, call, input }: PointwiseContext<ScoresAttrs>,
  keepInput: number,
  shown: string,
  hidden: string,
): string {
  const [batch, , row, key] = at.coords as [string, string, string, string];
  const conditions: string[] = [];
  if (attrs.causal) {
    const keys = (call.outputs[0] as Tensor).shape[3] as number;
    conditions.push(`${key} + ${attrs.queries}u <= ${row} % ${attrs.queries}u + ${keys}u`);
  }
  if (call.inputs.length > keepInput) conditions.push(`${input(keepInput, [batch, key])} != 0u`);
  return conditions.length === 0 ? shown : `select(${hidden}, ${shown}, ${conditions.join(" && ")})`;
}

function mapVisible(
  scores: NdArray,
  keep: NdArray | undefined,
  { causal, queries }: ScoresAttrs,
  shown: (score: number, position: number) => number,
  hidden: number,
): NdArray {
  const [, heads, rows, keys] = scores.shape as [number, number, number, number];
  return scores.map((score, position) => {
    const key = position % keys;
    const row = Math.floor(position / keys) % rows;
    const batch = Math.floor(position / (heads * rows * keys));
    const late = causal && key + queries > (row % queries) + keys;
    return late || keep?.at(batch * keys + key) === 0 ? hidden : shown(score, position);
  });
}
