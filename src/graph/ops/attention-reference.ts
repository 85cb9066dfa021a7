import { NdArray } from "../nd-array.ts";
import { type AttentionAttrs, problemOf } from "./attention-problem.ts";

/** What the log-sum-exp of a query is that sees no key: the lowest f32, so that it stays finite on the GPU. */
export const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

/** One query and one key that it sees, as row-major positions. */
interface Pair {
  /** Of the query in (B, Hq, T), of the key in (B, Hk, S). */
  readonly query: number;
  readonly key: number;
}

interface Inputs {
  readonly q: NdArray;
  readonly k: NdArray;
  readonly keep: NdArray | undefined;
}

/** For each query (B, Hq, T): the keys it sees, and their scaled scores. */
function visiblePairs(
  { q, k, keep }: Inputs,
  { causal, scale }: AttentionAttrs,
  visit: (pairs: Pair[], scores: number[]) => void,
): void {
  const { batches, queryHeads, keyHeads, queries, keys, features } = problemOf(q, k);
  for (let query = 0; query < batches * queryHeads * queries; query++) {
    const t = query % queries;
    const head = Math.floor(query / queries) % queryHeads;
    const batch = Math.floor(query / queries / queryHeads);
    const keyHead = batch * keyHeads + Math.floor(head / (queryHeads / keyHeads));
    const pairs: Pair[] = [];
    const scores: number[] = [];
    for (let s = 0; s < keys; s++) {
      const hidden = keep !== undefined && keep.at(batch * keys + s) === 0;
      if (hidden || (causal && s > t + keys - queries)) continue;
      const key = keyHead * keys + s;
      pairs.push({ query, key });
      scores.push(scale * product(q, query, k, key, features));
    }
    visit(pairs, scores);
  }
}

/** Row `i` of a times row `j` of b. */
function product(a: NdArray, i: number, b: NdArray, j: number, features: number): number {
  let sum = 0;
  for (let d = 0; d < features; d++) sum += a.at(i * features + d) * b.at(j * features + d);
  return sum;
}

/** Adds `factor` times row `j` of b to row `i` of a. */
function addRow(a: NdArray, i: number, factor: number, b: NdArray, j: number, features: number): void {
  for (let d = 0; d < features; d++) {
    a.data[i * features + d] = a.at(i * features + d) + factor * b.at(j * features + d);
  }
}

/** y and the log-sum-exp. */
export function attentionReference(inputs: readonly NdArray[], attrs: AttentionAttrs): [NdArray, NdArray] {
  const [q, k, v, keep] = inputs as [NdArray, NdArray, NdArray, NdArray?];
  const features = q.shape[3] as number;
  const y = NdArray.zeros(q.shape);
  const lse = NdArray.zeros(q.shape.slice(0, 3)).map(() => LOWEST);
  visiblePairs({ q, k, keep }, attrs, (pairs, scores) => {
    if (pairs.length === 0) return;
    const highest = scores.reduce((a, b) => Math.max(a, b));
    const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
    for (const [n, { query, key }] of pairs.entries()) {
      lse.data[query] = highest + Math.log(total);
      addRow(y, query, Math.exp((scores[n] as number) - highest) / total, v, key, features);
    }
  });
  return [y, lse];
}

/** dq, dk and dv, from q, k, v, dy, the log-sum-exp, delta = Σ dy · y, and the mask. */
export function attentionGradientReference(
  inputs: readonly NdArray[],
  attrs: AttentionAttrs,
): [NdArray, NdArray, NdArray] {
  const [q, k, v, dy, lse, delta, keep] = inputs as [NdArray, NdArray, NdArray, NdArray, NdArray, NdArray, NdArray?];
  const features = q.shape[3] as number;
  const [dq, dk, dv] = [NdArray.zeros(q.shape), NdArray.zeros(k.shape), NdArray.zeros(v.shape)];
  visiblePairs({ q, k, keep }, attrs, (pairs, scores) => {
    for (const [n, { query, key }] of pairs.entries()) {
      const p = Math.exp((scores[n] as number) - lse.at(query));
      const ds = p * (product(dy, query, v, key, features) - delta.at(query)) * attrs.scale;
      addRow(dq, query, ds, k, key, features);
      addRow(dk, key, ds, q, query, features);
      addRow(dv, key, p, dy, query, features);
    }
  });
  return [dq, dk, dv];
}
