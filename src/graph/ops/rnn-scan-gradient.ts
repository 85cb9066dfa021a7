import source from "../../../shaders/rnn-scan-gradient.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { applyAll, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import { lengthOf, rowOf, rowTimes, timeOrder } from "./recurrent-reference.ts";
import { requireShape } from "./recurrent-shapes.ts";
import { scanVariant } from "./recurrent-tile.ts";
import type { RnnAttrs } from "./rnn-scan.ts";
import { unrolledRnnGradient } from "./rnn-unrolled.ts";
import { transpose } from "./transpose.ts";

/** What the gradient of a scan needs: weights, what the scan kept, and the gradients of what it gave. */
export interface RnnGradientInputs {
  readonly wh: Tensor;
  readonly states: Tensor;
  readonly lengths: Tensor;
  readonly dStates: Tensor;
  readonly dLast: Tensor;
}

/** Gradients of xw, which are those of the sums before the activation, and of the initial state. */
export function rnnScanGradient(
  { wh, states, dStates, dLast, lengths }: RnnGradientInputs,
  attrs: RnnAttrs,
): { dxw: Tensor; dInitial: Tensor } {
  const inputs = [transpose(wh), states, dStates, dLast, lengths];
  const [dxw, dInitial] = applyAll(rnnScanGradientOp, inputs, attrs) as [Tensor, Tensor];
  return { dxw, dInitial };
}

/** Takes wh transposed, so that neighbouring threads read neighbouring elements. It has no gradient of its own. */
export const rnnScanGradientOp: Op<RnnAttrs> = {
  name: "rnnScanGradient",
  infer: (inputs) => {
    const [whT, states, dStates, dLast, lengths] = inputs as [
      TensorType,
      TensorType,
      TensorType,
      TensorType,
      TensorType,
    ];
    const [batch, , hidden] = states.shape as [number, number, number];
    requireShape("whᵀ", whT, "H×H", [hidden, hidden]);
    requireShape("dStates", dStates, "B×T×H", states.shape);
    requireShape("dLast", dLast, "B×H", [batch, hidden]);
    requireShape("lengths", lengths, "B", [batch], ["i32", "u32"]);
    return [
      { shape: states.shape, dtype: "f32" },
      { shape: [batch, hidden], dtype: "f32" },
    ];
  },
  reference: (inputs, { activation, reverse }) => {
    const [whT, states, dStates, dLast, lengths] = inputs as [NdArray, NdArray, NdArray, NdArray, NdArray];
    const [batch, steps, hidden] = states.shape as [number, number, number];
    const [dxw, dInitial] = [NdArray.zeros(states.shape), NdArray.zeros(dLast.shape)];
    const slope = activation === "tanh" ? (h: number) => 1 - h * h : (h: number) => (h > 0 ? 1 : 0);
    for (let b = 0; b < batch; b++) {
      let dh = rowOf(dLast, b, hidden);
      for (const t of timeOrder(steps, !reverse)) {
        if (t >= lengthOf(lengths, b, steps)) continue;
        const start = (b * steps + t) * hidden;
        const da = dh.map((value, j) => (value + dStates.at(start + j)) * slope(states.at(start + j)));
        dxw.data.set(da, start);
        dh = rowTimes(da, whT);
      }
      dInitial.data.set(dh, b * hidden);
    }
    return [dxw, dInitial];
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [, states], attrs }, adapter) =>
      scanVariant(
        { loop: source },
        ["wh_t", "states", "d_states", "d_last", "lengths", "d_xw", "d_initial"],
        (states as Tensor).shape as [number, number, number],
        { REVERSE: attrs.reverse, RELU: attrs.activation === "relu" },
        adapter,
      ),
    lower: ({ inputs, attrs }) => {
      const [whT, states, dStates, dLast, lengths] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
      if (!attrs.unrolled) return undefined;
      return unrolledRnnGradient(whT, states, dStates, dLast, lengths, attrs);
    },
  },
  flops: ({ inputs: [, states] }) => {
    const [batch, steps, hidden] = (states as Tensor).shape as [number, number, number];
    return batch * steps * hidden * (2 * hidden + 4);
  },
};
