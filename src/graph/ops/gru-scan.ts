import source from "../../../shaders/gru-scan.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { applyAll, type Op, refuse } from "../op.ts";
import { formatShape, type Tensor, type TensorType } from "../tensor.ts";
import { concat } from "./concat.ts";
import { constant } from "./constant.ts";
import { gruScanGradient } from "./gru-scan-gradient.ts";
import { unrolledGru } from "./gru-unrolled.ts";
import { matmul } from "./matmul.ts";
import { lengthOf, logistic, rowOf, rowTimes, timeOrder } from "./recurrent-reference.ts";
import { type RecurrentStates, requireShape, timeRows } from "./recurrent-shapes.ts";
import { scanVariant } from "./recurrent-tile.ts";
import { gatesOf } from "./recurrent-unrolled.ts";
import { sliceAxis } from "./slice.ts";
import { sum } from "./sum.ts";

export interface GruAttrs {
  /** One product and one cell a step, for hidden sizes that the loop within one dispatch has no room for. */
  readonly unrolled: boolean;
  readonly reverse: boolean;
  readonly resetAfter: boolean;
}

type Five<T> = [xw: T, wh: T, recurrentBias: T, initial: T, lengths: T];

/** The recurrence of `gru`: xw (B, T, 3H), wh (H, 3H), recurrentBias (3H), initial (B, H), lengths (B). */
export function gruScan(
  xw: Tensor,
  wh: Tensor,
  recurrentBias: Tensor,
  initial: Tensor,
  lengths: Tensor,
  attrs: GruAttrs,
): RecurrentStates {
  const outputs = applyAll(gruScanOp, [xw, wh, recurrentBias, initial, lengths], attrs);
  const [states, , last] = outputs as [Tensor, Tensor, Tensor];
  return { states, last };
}

/**
 * Outputs: the states; for the gradient alone (B, T, 5H): r, z, n, the candidate's recurrent part (h·wh + b with the
 * reset after, r h with the reset before) and the state before each step; the last state.
 */
export const gruScanOp: Op<GruAttrs> = {
  name: "gruScan",
  infer: (inputs) => {
    const [xw, wh, recurrentBias, initial, lengths] = inputs as Five<TensorType>;
    if (xw.shape.length !== 3) refuse(`xw is of shape ${formatShape(xw.shape)}; give B×T×3H`);
    const [batch, steps] = xw.shape as [number, number];
    const hidden = wh.shape[0] ?? 0;
    requireShape("xw", xw, "B×T×3H", [batch, steps, 3 * hidden]);
    requireShape("wh", wh, "H×3H", [hidden, 3 * hidden]);
    requireShape("recurrentBias", recurrentBias, "3H", [3 * hidden]);
    requireShape("initial", initial, "B×H", [batch, hidden]);
    requireShape("lengths", lengths, "B", [batch], ["i32", "u32"]);
    return [
      { shape: [batch, steps, hidden], dtype: "f32" },
      { shape: [batch, steps, 5 * hidden], dtype: "f32" },
      { shape: initial.shape, dtype: "f32" },
    ];
  },
  reference: (inputs, { reverse, resetAfter }) => {
    const [xw, wh, recurrentBias, initial, lengths] = inputs as Five<NdArray>;
    const [batch, steps] = xw.shape as [number, number];
    const [hidden] = wh.shape as [number];
    const states = NdArray.zeros([batch, steps, hidden]);
    const saved = NdArray.zeros([batch, steps, 5 * hidden]);
    const last = NdArray.zeros(initial.shape);
    const withBias = (a: number, m: number) => a + recurrentBias.at(m);
    for (let b = 0; b < batch; b++) {
      let h = rowOf(initial, b, hidden);
      for (const t of timeOrder(steps, reverse)) {
        const row = b * steps + t;
        const at = (m: number) => xw.at(row * 3 * hidden + m);
        const hw = rowTimes(h, wh).map(withBias);
        const r = h.map((_, j) => logistic(at(j) + (hw[j] as number)));
        const z = h.map((_, j) => logistic(at(hidden + j) + (hw[hidden + j] as number)));
        const rh = h.map((value, j) => value * (r[j] as number));
        const q = resetAfter ? hw.slice(2 * hidden) : rh;
        const recurrent = resetAfter
          ? q.map((value, j) => value * (r[j] as number))
          : rowTimes(rh, wh)
              .map(withBias)
              .slice(2 * hidden);
        const n = recurrent.map((value, j) => Math.tanh(at(2 * hidden + j) + value));
        for (const [k, values] of [r, z, n, q, h].entries()) saved.data.set(values, (row * 5 + k) * hidden);
        if (t >= lengthOf(lengths, b, steps)) continue;
        h = h.map((value, j) => (1 - (z[j] as number)) * (n[j] as number) + (z[j] as number) * value);
        states.data.set(h, row * hidden);
      }
      last.data.set(h, b * hidden);
    }
    return [states, saved, last];
  },
  kernel: {
    kind: "shader",
    select: ({ outputs: [states], attrs }, adapter) =>
      scanVariant(
        { loop: source },
        ["xw", "wh", "recurrent_bias", "initial", "lengths", "states", "saved", "last"],
        (states as Tensor).shape as [number, number, number],
        { REVERSE: attrs.reverse, RESET_AFTER: attrs.resetAfter },
        adapter,
      ),
    lower: ({ inputs, attrs }) => {
      const [xw, wh, bias, initial, lengths] = inputs as Five<Tensor>;
      return attrs.unrolled ? unrolledGru(xw, wh, bias, initial, lengths, attrs) : undefined;
    },
  },
  gradient: ([dStates, , dLast], { inputs, outputs, attrs }) => {
    const [, wh, , initial, lengths] = inputs as Five<Tensor>;
    const [states, saved] = outputs as [Tensor, Tensor];
    const { dxw, dhw, dInitial } = gruScanGradient(
      { wh, saved, dStates: dStates ?? constant(0, states.shape), dLast: dLast ?? constant(0, initial.shape), lengths },
      attrs,
    );
    return [dxw, weightGradient(saved, dhw, attrs), sum(dhw, [0, 1]), dInitial, undefined];
  },
  flops: ({ outputs: [states] }) => {
    const [batch, steps, hidden] = (states as Tensor).shape as [number, number, number];
    return batch * steps * hidden * (6 * hidden + 17);
  },
};

/** dWh = hᵀ·dhw; with the reset before, the candidate's columns were multiplied with r h instead. */
function weightGradient(saved: Tensor, dhw: Tensor, { resetAfter }: GruAttrs): Tensor {
  const hidden = (dhw.shape[2] as number) / 3;
  const d = timeRows(dhw);
  const [, , , q, h] = gatesOf(timeRows(saved), hidden) as [Tensor, Tensor, Tensor, Tensor, Tensor];
  if (resetAfter) return matmul(h, d, { transposeA: true });
  const ofGates = matmul(h, sliceAxis(d, 1, 0, 2 * hidden), { transposeA: true });
  const ofCandidate = matmul(q, sliceAxis(d, 1, 2 * hidden, hidden), { transposeA: true });
  return concat([ofGates, ofCandidate], 1);
}
