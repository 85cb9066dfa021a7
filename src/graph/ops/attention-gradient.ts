import keySource from "../../../shaders/attention-gradient-kv.wgsl?raw";
import querySource from "../../../shaders/attention-gradient-q.wgsl?raw";
import { linearGrid } from "../codegen/grid.ts";
import type { NdArray } from "../nd-array.ts";
import { applyAll, type Op, type ShaderVariant } from "../op.ts";
import type { Call, Tensor, TensorType } from "../tensor.ts";
import { composeAttentionGradient } from "./attention-composition.ts";
import {
  type AttentionAttrs,
  type AttentionProblem,
  checkAttention,
  isFused,
  problemOf,
  scoresOf,
} from "./attention-problem.ts";
import { attentionGradientReference } from "./attention-reference.ts";
import { reshape } from "./reshape.ts";
import { where } from "./where.ts";

// Both ops take q, k, v, dy: as in the forward pass; lse, delta: (B, Hq, T); keep: (B, S), where there is a mask.

/** dq: (B, Hq, T, D). */
export const attentionGradientQOp: Op<AttentionAttrs> = {
  name: "attentionGradientQ",
  infer: (inputs, attrs) => check(inputs, attrs)[0],
  reference: (inputs, attrs) => attentionGradientReference(inputs, attrs)[0],
  kernel: {
    kind: "shader",
    select: (call, adapter) => {
      const problem = problemOfCall(call);
      const { batches, queryHeads, queries } = problem;
      const masked = call.inputs.length > 6;
      return {
        variant: "fused",
        source: masked ? querySource : withoutMask(querySource),
        constants: constantsOf(problem, call.attrs),
        tensors: ["q", "k", "v", "dy", "lse", "delta", ...(masked ? ["keep"] : []), "dq"],
        workgroups: linearGrid(batches * queryHeads * Math.ceil(queries / 32), adapter),
      };
    },
    lower: (call, adapter) => {
      if (isFused(call.attrs, problemOfCall(call), adapter)) return undefined;
      return composeAttentionGradient(call.inputs, call.attrs).slice(0, 1);
    },
  },
  flops: (call) => 6 * scoresOf(problemOfCall(call)) * problemOfCall(call).features,
};

/** dk and dv: (B, Hk, S, D). */
export const attentionGradientKVOp: Op<AttentionAttrs> = {
  name: "attentionGradientKV",
  infer: (inputs, attrs) => check(inputs, attrs).slice(1),
  reference: (inputs, attrs): readonly NdArray[] => attentionGradientReference(inputs, attrs).slice(1),
  kernel: {
    kind: "shader",
    select: (call, adapter) => {
      const problem = problemOfCall(call);
      const { batches, keyHeads, keys } = problem;
      return {
        variant: "fused",
        source: keySource,
        constants: constantsOf(problem, call.attrs),
        tensors: ["q", "k", "v", "dy", "lse", "delta", "dk", "dv"],
        workgroups: linearGrid(batches * keyHeads * Math.ceil(keys / 32), adapter),
      };
    },
    lower: (call, adapter) => {
      const problem = problemOfCall(call);
      if (!isFused(call.attrs, problem, adapter)) return composeAttentionGradient(call.inputs, call.attrs).slice(1);
      const keep = call.inputs[6];
      if (keep === undefined) return undefined;
      // The shader has no binding left for the mask and needs none: see there.
      const kept = reshape(keep, [problem.batches, 1, problem.keys, 1]);
      return applyAll(attentionGradientKVOp, call.inputs.slice(0, 6), call.attrs).map((d) => where(kept, d, 0));
    },
  },
  flops: (call) => 8 * scoresOf(problemOfCall(call)) * problemOfCall(call).features,
};

/** Shapes of dq, dk and dv. */
function check(inputs: readonly TensorType[], attrs: AttentionAttrs): [TensorType, TensorType, TensorType] {
  const [q, k, v, , , , keep] = inputs as [TensorType, TensorType, TensorType, ...TensorType[]];
  checkAttention(q, k, v, keep, attrs);
  return [q, k, v].map(({ shape, dtype }) => ({ shape, dtype })) as [TensorType, TensorType, TensorType];
}

export function problemOfCall({ inputs }: Call<AttentionAttrs>): AttentionProblem {
  return problemOf(inputs[0] as Tensor, inputs[1] as Tensor);
}

/** The `override` constants that the three shaders share. */
export function constantsOf(problem: AttentionProblem, { causal, scale }: AttentionAttrs): ShaderVariant["constants"] {
  return {
    BATCHES: problem.batches,
    QUERY_HEADS: problem.queryHeads,
    KEY_HEADS: problem.keyHeads,
    QUERIES: problem.queries,
    KEYS: problem.keys,
    FEATURES: problem.features,
    SCALE: scale,
    CAUSAL: causal ? 1 : 0,
  };
}

/** A shader's text for calls that have no mask: every key is kept. */
export function withoutMask(source: string): string {
  return source.replace(/^.*var<storage, read> keep:.*\n/m, "").replace("return keep[i];", "return 1u;");
}
