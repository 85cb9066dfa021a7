import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { greater } from "./greater.ts";
import { matmul } from "./matmul.ts";
import { mul } from "./mul.ts";
import { timeOrder } from "./recurrent-reference.ts";
import { choose, insideAt, joinSteps, stepOf } from "./recurrent-unrolled.ts";
import { relu } from "./relu.ts";
import type { RnnAttrs } from "./rnn-scan.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";
import { where } from "./where.ts";

/** `rnnScan` as one product and one activation a step. Outputs: states, previous, last. */
export function unrolledRnn(
  xw: Tensor,
  wh: Tensor,
  initial: Tensor,
  lengths: Tensor,
  { activation, reverse }: RnnAttrs,
): readonly [Tensor, Tensor, Tensor] {
  const [batch, count, hidden] = xw.shape as [number, number, number];
  const activate = activation === "tanh" ? tanh : relu;
  const states: Tensor[] = [];
  const previous: Tensor[] = [];
  let h = initial;
  for (const t of timeOrder(count, reverse)) {
    previous[t] = h;
    const inside = insideAt(lengths, t);
    h = choose(inside, activate(add(matmul(h, wh), stepOf(xw, t))), h);
    states[t] = choose(inside, h, 0);
  }
  return [joinSteps(states, [batch, hidden]), joinSteps(previous, [batch, hidden]), h];
}

/** `rnnScanGradient` likewise. Outputs: dxw, dInitial. */
export function unrolledRnnGradient(
  whT: Tensor,
  states: Tensor,
  dStates: Tensor,
  dLast: Tensor,
  lengths: Tensor,
  { activation, reverse }: RnnAttrs,
): readonly [Tensor, Tensor] {
  const [batch, count, hidden] = states.shape as [number, number, number];
  const dxw: Tensor[] = [];
  let dh = dLast;
  for (const t of timeOrder(count, !reverse)) {
    const inside = insideAt(lengths, t);
    const h = stepOf(states, t);
    const dy = add(dh, stepOf(dStates, t));
    const da = activation === "tanh" ? mul(dy, sub(1, square(h))) : where(greater(h, 0), dy, 0);
    dxw[t] = choose(inside, da, 0);
    dh = choose(inside, matmul(dxw[t], whT), dh);
  }
  return [joinSteps(dxw, [batch, hidden]), dh];
}
