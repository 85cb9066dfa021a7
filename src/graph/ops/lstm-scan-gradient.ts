import loop from "../../../shaders/lstm-scan-gradient.wgsl?raw";
import wide from "../../../shaders/lstm-scan-gradient-wide.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { applyAll, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import type { LstmAttrs } from "./lstm-scan.ts";
import { unrolledLstmGradient } from "./lstm-unrolled.ts";
import { lengthOf, rowOf, rowTimes, timeOrder } from "./recurrent-reference.ts";
import { requireShape } from "./recurrent-shapes.ts";
import { scanVariant } from "./recurrent-tile.ts";
import { transpose } from "./transpose.ts";

/** What the gradient of a scan needs: weights, what the scan kept, and the gradients of what it gave. */
export interface LstmGradientInputs {
  readonly wh: Tensor;
  readonly saved: Tensor;
  readonly initial: Tensor;
  readonly dStates: Tensor;
  readonly dLast: Tensor;
  readonly lengths: Tensor;
}

/** Gradients of xw, which are those of the gates before their activations, and of the initial state and cell. */
export function lstmScanGradient(
  { wh, saved, initial, dStates, dLast, lengths }: LstmGradientInputs,
  attrs: LstmAttrs,
): { dxw: Tensor; dInitial: Tensor } {
  const inputs = [transpose(wh), saved, initial, dStates, dLast, lengths];
  const [dxw, dInitial] = applyAll(lstmScanGradientOp, inputs, attrs) as [Tensor, Tensor];
  return { dxw, dInitial };
}

type Six<T> = [whT: T, saved: T, initial: T, dStates: T, dLast: T, lengths: T];

/** Takes wh transposed, so that neighbouring threads read neighbouring elements. It has no gradient of its own. */
export const lstmScanGradientOp: Op<LstmAttrs> = {
  name: "lstmScanGradient",
  infer: (inputs) => {
    const [whT, saved, initial, dStates, dLast, lengths] = inputs as Six<TensorType>;
    const [batch, steps, hidden] = dStates.shape as [number, number, number];
    requireShape("whᵀ", whT, "4H×H", [4 * hidden, hidden]);
    requireShape("saved", saved, "B×T×5H", [batch, steps, 5 * hidden]);
    requireShape("initial", initial, "2×B×H", [2, batch, hidden]);
    requireShape("dStates", dStates, "B×T×H", dStates.shape);
    requireShape("dLast", dLast, "2×B×H", initial.shape);
    requireShape("lengths", lengths, "B", [batch], ["i32", "u32"]);
    return [
      { shape: [batch, steps, 4 * hidden], dtype: "f32" },
      { shape: initial.shape, dtype: "f32" },
    ];
  },
  reference: (inputs, { reverse }) => {
    const [whT, saved, initial, dStates, dLast, lengths] = inputs as Six<NdArray>;
    const [batch, steps, hidden] = dStates.shape as [number, number, number];
    const [dxw, dInitial] = [NdArray.zeros([batch, steps, 4 * hidden]), NdArray.zeros(initial.shape)];
    for (let b = 0; b < batch; b++) {
      let dh = rowOf(dLast, b, hidden);
      const dc = rowOf(dLast, batch + b, hidden);
      const order = timeOrder(steps, !reverse);
      for (const [n, t] of order.entries()) {
        if (t >= lengthOf(lengths, b, steps)) continue;
        const row = b * steps + t;
        const before = order[n + 1]; // the step run before this one
        const kept = (gate: number, j: number, at = row) => saved.at((at * 5 + gate) * hidden + j);
        const da = new Float64Array(4 * hidden);
        for (let j = 0; j < hidden; j++) {
          const [i, f, g, o] = [0, 1, 2, 3].map((gate) => kept(gate, j)) as [number, number, number, number];
          const tanhC = Math.tanh(kept(4, j));
          const cBefore = before === undefined ? initial.at((batch + b) * hidden + j) : kept(4, j, b * steps + before);
          const dy = (dh[j] as number) + dStates.at(row * hidden + j);
          const d = (dc[j] as number) + dy * o * (1 - tanhC * tanhC);
          da[j] = d * g * i * (1 - i);
          da[hidden + j] = d * cBefore * f * (1 - f);
          da[2 * hidden + j] = d * i * (1 - g * g);
          da[3 * hidden + j] = dy * tanhC * o * (1 - o);
          dc[j] = d * f;
        }
        dxw.data.set(da, row * 4 * hidden);
        dh = rowTimes(da, whT);
      }
      dInitial.data.set(dh, b * hidden);
      dInitial.data.set(dc, (batch + b) * hidden);
    }
    return [dxw, dInitial];
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [, , , dStates], attrs }, adapter) =>
      scanVariant(
        { loop, wide },
        ["wh_t", "saved", "initial", "d_states", "d_last", "lengths", "d_xw", "d_initial"],
        (dStates as Tensor).shape as [number, number, number],
        { REVERSE: attrs.reverse },
        adapter,
      ),
    lower: ({ inputs, attrs }) => {
      const [whT, saved, initial, dStates, dLast, lengths] = inputs as Six<Tensor>;
      if (!attrs.unrolled) return undefined;
      return unrolledLstmGradient(whT, saved, initial, dStates, dLast, lengths, attrs);
    },
  },
  flops: ({ inputs: [, , , dStates] }) => {
    const [batch, steps, hidden] = (dStates as Tensor).shape as [number, number, number];
    return batch * steps * hidden * (8 * hidden + 25);
  },
};
