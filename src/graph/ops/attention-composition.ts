import type { Tensor } from "../tensor.ts";
import { type AttentionAttrs, problemOf } from "./attention-problem.ts";
import { attentionScores, attentionWeights, type ScoresAttrs } from "./attention-scores.ts";
import { logSumExp } from "./log-sum-exp.ts";
import { matmul } from "./matmul.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { sub } from "./sub.ts";

// Attention as matrix products. The query heads that share a key head lie one after another, so that they are simply
// more rows: q is read as (B, Hk, Hq / Hk · T, D), and the products with k and v need no repeated heads.

interface Grouped {
  readonly attrs: ScoresAttrs;
  /** Gives a tensor of the queries, (B, Hq, T, …), the shape (B, Hk, rows, features). */
  readonly group: (x: Tensor, features: number) => Tensor;
  /** Scores before scaling: (B, Hk, rows, S). */
  readonly scores: Tensor;
}

function grouped(q: Tensor, k: Tensor, { causal, scale }: AttentionAttrs): Grouped {
  const { batches, queryHeads, keyHeads, queries, features } = problemOf(q, k);
  const rows = keyHeads === 0 ? 0 : (queryHeads / keyHeads) * queries;
  const group = (x: Tensor, size: number) => reshape(x, [batches, keyHeads, rows, size]);
  const scores = matmul(group(q, features), k, { transposeB: true });
  return { attrs: { causal, scale, queries }, group, scores };
}

/** y and the log-sum-exp. */
export function composeAttention(inputs: readonly Tensor[], attrs: AttentionAttrs): [y: Tensor, lse: Tensor] {
  const [q, k, v, keep] = inputs as [Tensor, Tensor, Tensor, Tensor?];
  const { scores, attrs: parts } = grouped(q, k, attrs);
  const lse = logSumExp(attentionScores(scores, keep, parts), -1, true);
  const y = matmul(attentionWeights(scores, lse, keep, parts), v);
  return [reshape(y, q.shape), reshape(lse, q.shape.slice(0, 3))];
}

/** dq, dk and dv, from q, k, v, dy, lse, delta and the mask. */
export function composeAttentionGradient(
  inputs: readonly Tensor[],
  attrs: AttentionAttrs,
): [dq: Tensor, dk: Tensor, dv: Tensor] {
  const [q, k, v, dy, lse, delta, keep] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor?];
  const { scores, group, attrs: parts } = grouped(q, k, attrs);
  const { features } = problemOf(q, k);
  const weights = attentionWeights(scores, group(lse, 1), keep, parts);
  const dyGrouped = group(dy, features);
  const dWeights = matmul(dyGrouped, v, { transposeB: true });
  const dScores = mul(mul(weights, sub(dWeights, group(delta, 1))), attrs.scale);
  return [
    reshape(matmul(dScores, k), q.shape),
    matmul(dScores, group(q, features), { transposeA: true }),
    matmul(weights, dyGrouped, { transposeA: true }),
  ];
}
