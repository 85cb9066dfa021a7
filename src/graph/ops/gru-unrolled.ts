import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { concat } from "./concat.ts";
import type { GruAttrs } from "./gru-scan.ts";
import { matmul } from "./matmul.ts";
import { mul } from "./mul.ts";
import { timeOrder } from "./recurrent-reference.ts";
import { choose, gatesOf, insideAt, joinSteps, stepOf } from "./recurrent-unrolled.ts";
import { sigmoid } from "./sigmoid.ts";
import { sliceAxis } from "./slice.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";

type Gates = [r: Tensor, z: Tensor, n: Tensor];

/** `gruScan` as products and one cell a step (two products with the reset before). Outputs: states, saved, last. */
export function unrolledGru(
  xw: Tensor,
  wh: Tensor,
  recurrentBias: Tensor,
  initial: Tensor,
  lengths: Tensor,
  { reverse, resetAfter }: GruAttrs,
): readonly [Tensor, Tensor, Tensor] {
  const [batch, count] = xw.shape as [number, number];
  const [hidden] = wh.shape as [number];
  const states: Tensor[] = [];
  const saved: Tensor[] = [];
  const ofCandidate = (weights: Tensor, axis: number) => sliceAxis(weights, axis, 2 * hidden, hidden);
  let h = initial;
  for (const t of timeOrder(count, reverse)) {
    const inside = insideAt(lengths, t);
    const [xr, xz, xn] = gatesOf(stepOf(xw, t), hidden) as Gates;
    const gates = resetAfter ? wh : sliceAxis(wh, 1, 0, 2 * hidden);
    const bias = resetAfter ? recurrentBias : sliceAxis(recurrentBias, 0, 0, 2 * hidden);
    const [hr, hz, hn] = gatesOf(add(matmul(h, gates), bias), hidden) as [Tensor, Tensor, Tensor?];
    const [r, z] = [sigmoid(add(xr, hr)), sigmoid(add(xz, hz))];
    const q = hn ?? mul(r, h);
    const recurrent = hn ? mul(r, q) : add(matmul(q, ofCandidate(wh, 1)), ofCandidate(recurrentBias, 0));
    const n = tanh(add(xn, recurrent));
    saved[t] = concat([r, z, n, q, h], 1);
    h = choose(inside, add(mul(sub(1, z), n), mul(z, h)), h);
    states[t] = choose(inside, h, 0);
  }
  return [joinSteps(states, [batch, hidden]), joinSteps(saved, [batch, 5 * hidden]), h];
}

/** `gruScanGradient` likewise. Outputs: dxw, dhw, dInitial. */
export function unrolledGruGradient(
  whT: Tensor,
  saved: Tensor,
  dStates: Tensor,
  dLast: Tensor,
  lengths: Tensor,
  { reverse, resetAfter }: GruAttrs,
): readonly [Tensor, Tensor, Tensor] {
  const [batch, count, hidden] = dStates.shape as [number, number, number];
  const dxw: Tensor[] = [];
  const dhw: Tensor[] = [];
  let dh = dLast;
  for (const t of timeOrder(count, !reverse)) {
    const inside = insideAt(lengths, t);
    const [r, z, n, q, h] = gatesOf(stepOf(saved, t), hidden) as [...Gates, Tensor, Tensor];
    const dy = add(dh, stepOf(dStates, t));
    const dz = mul(mul(dy, sub(h, n)), mul(z, sub(1, z)));
    const dn = mul(mul(dy, sub(1, z)), sub(1, square(n)));
    const slope = mul(r, sub(1, r));
    const direct = mul(dy, z);
    let before: Tensor;
    if (resetAfter) {
      const dr = mul(mul(dn, q), slope);
      dxw[t] = choose(inside, concat([dr, dz, dn], 1), 0);
      dhw[t] = choose(inside, concat([dr, dz, mul(dn, r)], 1), 0);
      before = add(matmul(dhw[t], whT), direct);
    } else {
      const drh = matmul(dn, sliceAxis(whT, 0, 2 * hidden, hidden));
      const dGates = concat([mul(mul(drh, h), slope), dz], 1);
      dxw[t] = choose(inside, concat([dGates, dn], 1), 0);
      dhw[t] = dxw[t];
      before = add(matmul(dGates, sliceAxis(whT, 0, 0, 2 * hidden)), add(direct, mul(drh, r)));
    }
    dh = choose(inside, before, dh);
  }
  return [joinSteps(dxw, [batch, 3 * hidden]), joinSteps(dhw, [batch, 3 * hidden]), dh];
}
