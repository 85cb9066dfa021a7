import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { concat } from "./concat.ts";
import type { LstmAttrs } from "./lstm-scan.ts";
import { matmul } from "./matmul.ts";
import { mul } from "./mul.ts";
import { timeOrder } from "./recurrent-reference.ts";
import { choose, gatesOf, insideAt, joinStates, joinSteps, stateOf, stepOf } from "./recurrent-unrolled.ts";
import { sigmoid } from "./sigmoid.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";

type Gates = [i: Tensor, f: Tensor, g: Tensor, o: Tensor];

/** `lstmScan` as one product and one cell a step. Outputs: states, saved, previous, last. */
export function unrolledLstm(
  xw: Tensor,
  wh: Tensor,
  initial: Tensor,
  lengths: Tensor,
  { reverse }: LstmAttrs,
): readonly [Tensor, Tensor, Tensor, Tensor] {
  const [batch, count] = xw.shape as [number, number];
  const [hidden] = wh.shape as [number];
  const states: Tensor[] = [];
  const saved: Tensor[] = [];
  const previous: Tensor[] = [];
  let [h, c] = [stateOf(initial, 0), stateOf(initial, 1)];
  for (const t of timeOrder(count, reverse)) {
    previous[t] = h;
    const inside = insideAt(lengths, t);
    const sums = gatesOf(add(matmul(h, wh), stepOf(xw, t)), hidden) as Gates;
    const [i, f, g, o] = [sigmoid(sums[0]), sigmoid(sums[1]), tanh(sums[2]), sigmoid(sums[3])];
    c = choose(inside, add(mul(f, c), mul(i, g)), c);
    h = choose(inside, mul(o, tanh(c)), h);
    saved[t] = concat([i, f, g, o, c], 1);
    states[t] = choose(inside, h, 0);
  }
  return [
    joinSteps(states, [batch, hidden]),
    joinSteps(saved, [batch, 5 * hidden]),
    joinSteps(previous, [batch, hidden]),
    joinStates([h, c]),
  ];
}

/** `lstmScanGradient` likewise. Outputs: dxw, dInitial. */
export function unrolledLstmGradient(
  whT: Tensor,
  saved: Tensor,
  initial: Tensor,
  dStates: Tensor,
  dLast: Tensor,
  lengths: Tensor,
  { reverse }: LstmAttrs,
): readonly [Tensor, Tensor] {
  const [batch, count, hidden] = dStates.shape as [number, number, number];
  const dxw: Tensor[] = [];
  let [dh, dc] = [stateOf(dLast, 0), stateOf(dLast, 1)];
  const order = timeOrder(count, !reverse);
  for (const [n, t] of order.entries()) {
    const inside = insideAt(lengths, t);
    const [i, f, g, o, c] = gatesOf(stepOf(saved, t), hidden) as [...Gates, Tensor];
    const before = order[n + 1]; // the step run before this one
    const cBefore = before === undefined ? stateOf(initial, 1) : (gatesOf(stepOf(saved, before), hidden)[4] as Tensor);
    const tanhC = tanh(c);
    const dy = add(dh, stepOf(dStates, t));
    const d = add(dc, mul(mul(dy, o), sub(1, square(tanhC))));
    const da = concat(
      [
        mul(mul(d, g), mul(i, sub(1, i))),
        mul(mul(d, cBefore), mul(f, sub(1, f))),
        mul(mul(d, i), sub(1, square(g))),
        mul(mul(dy, tanhC), mul(o, sub(1, o))),
      ],
      1,
    );
    dxw[t] = choose(inside, da, 0);
    dc = choose(inside, mul(d, f), dc);
    dh = choose(inside, matmul(dxw[t], whT), dh);
  }
  return [joinSteps(dxw, [batch, 4 * hidden]), joinStates([dh, dc])];
}
