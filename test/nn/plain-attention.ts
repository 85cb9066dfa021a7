import { at, columns, type Matrix, times } from "./plain-matrix.ts";

/** Attention as its formula stands, for one sample: q (T, heads·D), k and v (S, heads·D), each query on its own. */
export function attentionByFormula(q: Matrix, k: Matrix, v: Matrix, heads: number, causal = false): Matrix {
  const size = (q[0]?.length as number) / heads;
  const byHead = Array.from({ length: heads }, (_, head) => {
    const [queries, keys, values] = [q, k, v].map((all) => columns(all, head * size, size)) as [Matrix, Matrix, Matrix];
    return queries.map((query, t) => {
      const scores = keys.map((key, s) => {
        const score = query.reduce((sum, value, d) => sum + value * (key[d] as number), 0) / Math.sqrt(size);
        return causal && s > t ? 0 : Math.exp(score);
      });
      const total = scores.reduce((sum, score) => sum + score, 0);
      return times([scores.map((score) => score / total)], values)[0] as readonly number[];
    });
  });
  return q.map((_, t) => byHead.flatMap((head) => head[t] as number[]));
}

/**
 * Rotary positions of one sample's (T, heads·D): features i and i + D / 2 of a head, as a point of the plane, turned by
 * position / 10000^(2i / D).
 */
export function turnedByFormula(x: Matrix, heads: number): Matrix {
  const size = (x[0]?.length as number) / heads;
  return x.map((row, t) =>
    row.map((value, j) => {
      const [head, feature] = [Math.floor(j / size), j % size];
      const pair = feature % (size / 2);
      const angle = t / 10000 ** ((2 * pair) / size);
      const isFirst = feature < size / 2;
      const other = at([row], 0, head * size + (isFirst ? pair + size / 2 : pair));
      return value * Math.cos(angle) + (isFirst ? -other : other) * Math.sin(angle);
    }),
  );
}
