import loop from "../../../shaders/lstm-scan.wgsl?raw";
import wide from "../../../shaders/lstm-scan-wide.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { applyAll, type Op, refuse } from "../op.ts";
import { formatShape, type Tensor, type TensorType } from "../tensor.ts";
import { constant } from "./constant.ts";
import { lstmScanGradient } from "./lstm-scan-gradient.ts";
import { unrolledLstm } from "./lstm-unrolled.ts";
import { matmul } from "./matmul.ts";
import { lengthOf, logistic, rowOf, rowTimes, timeOrder } from "./recurrent-reference.ts";
import { type RecurrentStates, requireShape, timeRows } from "./recurrent-shapes.ts";
import { scanVariant } from "./recurrent-tile.ts";

export interface LstmAttrs {
  /** One product and one cell a step, for hidden sizes that the loop within one dispatch has no room for. */
  readonly unrolled: boolean;
  readonly reverse: boolean;
}

/** The recurrence of `lstm`: xw (B, T, 4H), wh (H, 4H), initial (2, B, H) with h then c, lengths (B); last likewise. */
export function lstmScan(xw: Tensor, wh: Tensor, initial: Tensor, lengths: Tensor, attrs: LstmAttrs): RecurrentStates {
  const [states, , , last] = applyAll(lstmScanOp, [xw, wh, initial, lengths], attrs) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  return { states, last };
}

/**
 * Outputs: the states; for the gradient alone, the gates i, f, g, o and the cell after each step (B, T, 5H) and the
 * state before each step (B, T, H); the last state and cell (2, B, H).
 */
export const lstmScanOp: Op<LstmAttrs> = {
  name: "lstmScan",
  infer: (inputs) => {
    const [xw, wh, initial, lengths] = inputs as [TensorType, TensorType, TensorType, TensorType];
    if (xw.shape.length !== 3) refuse(`xw is of shape ${formatShape(xw.shape)}; give B×T×4H`);
    const [batch, steps] = xw.shape as [number, number];
    const hidden = wh.shape[0] ?? 0;
    requireShape("xw", xw, "B×T×4H", [batch, steps, 4 * hidden]);
    requireShape("wh", wh, "H×4H", [hidden, 4 * hidden]);
    requireShape("initial", initial, "2×B×H", [2, batch, hidden]);
    requireShape("lengths", lengths, "B", [batch], ["i32", "u32"]);
    return [
      { shape: [batch, steps, hidden], dtype: "f32" },
      { shape: [batch, steps, 5 * hidden], dtype: "f32" },
      { shape: [batch, steps, hidden], dtype: "f32" },
      { shape: initial.shape, dtype: "f32" },
    ];
  },
  reference: (inputs, { reverse }) => {
    const [xw, wh, initial, lengths] = inputs as [NdArray, NdArray, NdArray, NdArray];
    const [batch, steps] = xw.shape as [number, number];
    const [hidden] = wh.shape as [number];
    const states = NdArray.zeros([batch, steps, hidden]);
    const saved = NdArray.zeros([batch, steps, 5 * hidden]);
    const previous = NdArray.zeros([batch, steps, hidden]);
    const last = NdArray.zeros(initial.shape);
    for (let b = 0; b < batch; b++) {
      const h = rowOf(initial, b, hidden);
      const c = rowOf(initial, batch + b, hidden);
      for (const t of timeOrder(steps, reverse)) {
        const row = b * steps + t;
        previous.data.set(h, row * hidden);
        const sums = rowTimes(h, wh).map((a, m) => a + xw.at(row * 4 * hidden + m));
        const isInside = t < lengthOf(lengths, b, steps);
        for (let j = 0; j < hidden; j++) {
          const [i, f, o] = [0, 1, 3].map((gate) => logistic(sums[gate * hidden + j] as number)) as [
            number,
            number,
            number,
          ];
          const g = Math.tanh(sums[2 * hidden + j] as number);
          if (isInside) {
            c[j] = f * (c[j] as number) + i * g;
            h[j] = o * Math.tanh(c[j] as number);
            states.data[row * hidden + j] = h[j] as number;
          }
          for (const [k, value] of [i, f, g, o, c[j] as number].entries()) {
            saved.data[row * 5 * hidden + k * hidden + j] = value;
          }
        }
      }
      last.data.set(h, b * hidden);
      last.data.set(c, (batch + b) * hidden);
    }
    return [states, saved, previous, last];
  },
  kernel: {
    kind: "shader",
    select: ({ outputs: [states], attrs }, adapter) =>
      scanVariant(
        { loop, wide },
        ["xw", "wh", "initial", "lengths", "states", "saved", "previous", "last"],
        (states as Tensor).shape as [number, number, number],
        { REVERSE: attrs.reverse },
        adapter,
      ),
    lower: ({ inputs, attrs }) => {
      const [xw, wh, initial, lengths] = inputs as [Tensor, Tensor, Tensor, Tensor];
      return attrs.unrolled ? unrolledLstm(xw, wh, initial, lengths, attrs) : undefined;
    },
  },
  gradient: ([dStates, , , dLast], { inputs, outputs, attrs }) => {
    const [, wh, initial, lengths] = inputs as [Tensor, Tensor, Tensor, Tensor];
    const [states, saved, previous] = outputs as [Tensor, Tensor, Tensor];
    const { dxw, dInitial } = lstmScanGradient(
      {
        wh,
        saved,
        initial,
        dStates: dStates ?? constant(0, states.shape),
        dLast: dLast ?? constant(0, initial.shape),
        lengths,
      },
      attrs,
    );
    return [dxw, matmul(timeRows(previous), timeRows(dxw), { transposeA: true }), dInitial, undefined];
  },
  flops: ({ outputs: [states] }) => {
    const [batch, steps, hidden] = (states as Tensor).shape as [number, number, number];
    return batch * steps * hidden * (8 * hidden + 13);
  },
};
