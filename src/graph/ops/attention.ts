import source from "../../../shaders/attention-forward.wgsl?raw";
import { linearGrid } from "../codegen/grid.ts";
import { apply, applyAll, type Op } from "../op.ts";
import type { Call, Tensor, TensorType } from "../tensor.ts";
import { composeAttention } from "./attention-composition.ts";
import {
  attentionGradientKVOp,
  attentionGradientQOp,
  constantsOf,
  problemOfCall,
  withoutMask,
} from "./attention-gradient.ts";
import { type AttentionAttrs, type AttentionVariant, checkAttention, isFused, scoresOf } from "./attention-problem.ts";
import { attentionReference } from "./attention-reference.ts";
import { iota } from "./iota.ts";
import { less } from "./less.ts";
import { logicalAnd } from "./logical-and.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

export interface AttentionOptions {
  /**
   * Query t of T sees the keys s of S with s ≤ t + S − T: both sequences end together. For T = S that is the usual
   * triangle. (PyTorch's `is_causal` starts them together; its `causal_lower_right` is this rule.)
   */
  readonly causal?: boolean;
  /** Padding mask (B, S), u32: a key with 0 is seen by no query. */
  readonly keep?: Tensor | undefined;
  /** Number of keys of each sample (B), i32 or u32: the keys from there on are padding. */
  readonly lengths?: Tensor | undefined;
  /** Factor of the scores; default 1 / √D. */
  readonly scale?: number;
  /** Forces the way it runs. Left open, it is chosen by shape and adapter. */
  readonly variant?: AttentionVariant;
}

/**
 * Scaled dot-product attention: y = softmax(scale · q kᵀ) v over the keys that a query sees.
 *
 * q: (B, Hq, T, D); k, v: (B, Hk, S, D), where Hq is a multiple of Hk and each key head serves Hq / Hk neighbouring
 * query heads; gives (B, Hq, T, D). A query that sees no key gets zeros, and gives no gradient.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  const { causal = false, variant, scale = 1 / Math.sqrt(Math.max(q.shape.at(-1) ?? 1, 1)) } = options;
  const keep = maskOf(k, options);
  const inputs = keep === undefined ? [q, k, v] : [q, k, v, keep];
  return apply(attentionOp, inputs, { causal, scale: Math.fround(scale), variant });
}

/** The padding mask and the lengths as one mask. */
function maskOf(k: Tensor, { keep, lengths }: AttentionOptions): Tensor | undefined {
  if (lengths === undefined) return keep;
  const positions = iota([k.shape[2] ?? 0], lengths.dtype);
  const inside = less(reshape(positions, [1, -1]), reshape(lengths, [-1, 1]));
  return keep === undefined ? inside : logicalAnd(keep, inside);
}

/** Gives y and the log-sum-exp of the scaled scores, (B, Hq, T), which only the gradients read. */
export const attentionOp: Op<AttentionAttrs> = {
  name: "attention",
  infer: (inputs, attrs) => {
    const [q, k, v, keep] = inputs as [TensorType, TensorType, TensorType, TensorType?];
    checkAttention(q, k, v, keep, attrs);
    return [
      { shape: q.shape, dtype: "f32" },
      { shape: q.shape.slice(0, 3), dtype: "f32" },
    ];
  },
  reference: attentionReference,
  kernel: {
    kind: "shader",
    select: (call, adapter) => {
      const problem = problemOfCall(call);
      const masked = call.inputs.length > 3;
      return {
        variant: "fused",
        source: masked ? source : withoutMask(source),
        constants: constantsOf(problem, call.attrs),
        tensors: ["q", "k", "v", ...(masked ? ["keep"] : []), "y", "lse"],
        workgroups: linearGrid(problem.batches * problem.queryHeads * Math.ceil(problem.queries / 32), adapter),
      };
    },
    lower: (call, adapter) =>
      isFused(call.attrs, problemOfCall(call), adapter) ? undefined : composeAttention(call.inputs, call.attrs),
  },
  gradient,
  flops: (call) => 4 * scoresOf(problemOfCall(call)) * problemOfCall(call).features,
};

function gradient([dy]: readonly (Tensor | undefined)[], { inputs, outputs, attrs }: Call<AttentionAttrs>) {
  if (dy === undefined) return [];
  const [q, k, v, ...keep] = inputs as [Tensor, Tensor, Tensor, ...Tensor[]];
  const [y, lse] = outputs as [Tensor, Tensor];
  const all = [q, k, v, dy, lse, sum(mul(dy, y), -1), ...keep];
  return [apply(attentionGradientQOp, all, attrs), ...applyAll(attentionGradientKVOp, all, attrs)];
}
