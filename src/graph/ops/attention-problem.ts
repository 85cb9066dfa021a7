import type { AdapterProfile } from "../../gpu/device.ts";
import { refuse } from "../op.ts";
import { formatShape, type TensorType } from "../tensor.ts";

export interface AttentionAttrs {
  readonly causal: boolean;
  readonly scale: number;
  /** How it runs; undefined: chosen by `isFused`. Both ways mean the same. */
  readonly variant?: AttentionVariant | undefined;
}

/** One shader over tiles of keys, or batched matrix products and a softmax. */
export type AttentionVariant = "fused" | "composed";

/** Sizes of an attention call: B, Hq, Hk, T, S, D. */
export interface AttentionProblem {
  readonly batches: number;
  readonly queryHeads: number;
  readonly keyHeads: number;
  readonly queries: number;
  readonly keys: number;
  readonly features: number;
}

/** The shader keeps this many features of a row in registers. */
const MAX_FUSED_FEATURES = 128;

/** From here on the scores are worth keeping out of memory. */
const MIN_FUSED_POSITIONS = 64;

/**
 * Fused from 64 queries or keys on, up to 128 features, where the adapter is a GPU. Never on a software adapter: workgroup
 * memory and barriers cost more there than the scores' way through memory does, the gradient twice as much.
 */
export function isFused({ variant }: AttentionAttrs, problem: AttentionProblem, adapter: AdapterProfile): boolean {
  if (problem.features > MAX_FUSED_FEATURES) return false;
  if (variant !== undefined) return variant === "fused";
  return !adapter.software && Math.max(problem.queries, problem.keys) >= MIN_FUSED_POSITIONS;
}

/** Scores and everything that depends on them, of one call. */
export function scoresOf({ batches, queryHeads, queries, keys }: AttentionProblem): number {
  return batches * queryHeads * queries * keys;
}

/** Reads the sizes off q and k; the shapes have passed `checkAttention`. */
export function problemOf(q: TensorType, k: TensorType): AttentionProblem {
  const [batches, queryHeads, queries, features] = q.shape as [number, number, number, number];
  const [, keyHeads, keys] = k.shape as [number, number, number, number];
  return { batches, queryHeads, keyHeads, queries, keys, features };
}

/** The shape rule of q, k, v and the mask. */
export function checkAttention(
  q: TensorType,
  k: TensorType,
  v: TensorType,
  keep: TensorType | undefined,
  attrs: AttentionAttrs,
): AttentionProblem {
  for (const [name, { dtype, shape }] of Object.entries({ q, k, v })) {
    if (dtype !== "f32") refuse(`${name} is ${dtype}; cast it to f32`);
    if (shape.length !== 4)
      refuse(`${name} has the shape ${formatShape(shape)}; give (batch, heads, positions, features)`);
  }
  const problem = problemOf(q, k);
  const { batches, queryHeads, keyHeads, keys, features } = problem;
  if (k.shape[0] !== batches || k.shape[3] !== features) {
    refuse(`q ${formatShape(q.shape)} and k ${formatShape(k.shape)} differ in batch or features; make them equal`);
  }
  if (v.shape.some((size, axis) => size !== k.shape[axis])) {
    refuse(`k ${formatShape(k.shape)} and v ${formatShape(v.shape)} differ; give one value of equal size a key`);
  }
  if (keyHeads === 0 ? queryHeads !== 0 : queryHeads % keyHeads !== 0) {
    refuse(`${queryHeads} query heads do not share ${keyHeads} key heads evenly; give a multiple of the key heads`);
  }
  if (keep !== undefined && (keep.dtype !== "u32" || keep.shape.join() !== [batches, keys].join())) {
    refuse(`the mask is ${keep.dtype} ${formatShape(keep.shape)}; give u32 of ${formatShape([batches, keys])}`);
  }
  if (!Number.isFinite(attrs.scale)) refuse(`the scale is ${attrs.scale}; give a finite number`);
  if (attrs.variant === "fused" && features > MAX_FUSED_FEATURES) {
    refuse(`the fused variant holds ${MAX_FUSED_FEATURES} features at most, not ${features}; leave the variant open`);
  }
  return problem;
}
