import { attentionOp } from "../../graph/ops/attention.ts";
import { type AttentionAttrs, problemOf } from "../../graph/ops/attention-problem.ts";
import { attentionScores } from "../../graph/ops/attention-scores.ts";
import { matmul } from "../../graph/ops/matmul.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { slice } from "../../graph/ops/slice.ts";
import { softmax } from "../../graph/ops/softmax.ts";
import type { Call, Tensor } from "../../graph/tensor.ts";
import { callsOf } from "../../graph/traverse.ts";
import { openOnSubject } from "./subject.ts";
import { cannotShow, type ViewOpener } from "./view.ts";
import { nodeOf } from "./viewed-model.ts";

/** Numbers that are read back for a look, at most: heads behind them are left out. */
const MAX_NUMBERS = 2 ** 20;

/** How the heads of an attention layer share their attention among the keys. */
export const openAttention: ViewOpener<"attention"> = (run, request) =>
  openOnSubject(run, request, (model) => {
    const { node } = request;
    const call = callsOf([nodeOf(model, node)]).find(
      (candidate) => candidate.node === node && candidate.op.name === attentionOp.name,
    );
    if (call === undefined) {
      return cannotShow(
        {
          en: `"${node}" has no attention; choose a MultiHeadAttention or TransformerBlock layer`,
          zh: `“${node}”没有注意力；请选择 MultiHeadAttention 或 TransformerBlock 层`,
        },
        node,
      );
    }
    const weights = weightsOf(call as Call<AttentionAttrs>);
    const [, heads, queries, keys] = weights.shape as [number, number, number, number];
    return {
      outputs: [weights],
      payload: ([values], tokens) => ({
        kind: "attention",
        heads,
        queries,
        keys,
        values: values as Float32Array<ArrayBuffer>,
        ...(tokens?.length === keys ? { tokens } : {}),
      }),
    };
  });

/** softmax(scale · q kᵀ) over the keys that each query sees, which the call itself keeps to itself: (1, heads, T, S). */
function weightsOf({ inputs, attrs }: Call<AttentionAttrs>): Tensor {
  const [q, k, , keep] = inputs as [Tensor, Tensor, Tensor, Tensor?];
  const { batches, queryHeads, keyHeads, queries, keys, features } = problemOf(q, k);
  // Query heads that share a key head are further rows.
  const rows = reshape(q, [batches, keyHeads, (queryHeads / keyHeads) * queries, features]);
  const { causal, scale } = attrs;
  const scores = attentionScores(matmul(rows, k, { transposeB: true }), keep, { causal, scale, queries });
  const weights = reshape(softmax(scores, -1), [batches, queryHeads, queries, keys]);
  const heads = Math.max(1, Math.min(queryHeads, Math.floor(MAX_NUMBERS / (queries * keys))));
  return slice(weights, [0, 0, 0, 0], [batches, heads, queries, keys]);
}
