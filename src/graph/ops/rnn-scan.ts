import source from "../../../shaders/rnn-scan.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { applyAll, type Op, refuse } from "../op.ts";
import { formatShape, type Tensor, type TensorType } from "../tensor.ts";
import { constant } from "./constant.ts";
import { matmul } from "./matmul.ts";
import { lengthOf, rowOf, rowTimes, timeOrder } from "./recurrent-reference.ts";
import { type RecurrentStates, requireShape, timeRows } from "./recurrent-shapes.ts";
import { scanVariant } from "./recurrent-tile.ts";
import { rnnScanGradient } from "./rnn-scan-gradient.ts";
import { unrolledRnn } from "./rnn-unrolled.ts";

export type RnnActivation = "tanh" | "relu";

export interface RnnAttrs {
  /** One product and one cell a step, for hidden sizes that the loop within one dispatch has no room for. */
  readonly unrolled: boolean;
  readonly activation: RnnActivation;
  readonly reverse: boolean;
}

/** The recurrence of `simpleRnn`: xw (B, T, H), wh (H, H), initial (B, H), lengths (B). */
export function rnnScan(xw: Tensor, wh: Tensor, initial: Tensor, lengths: Tensor, attrs: RnnAttrs): RecurrentStates {
  const [states, , last] = applyAll(rnnScanOp, [xw, wh, initial, lengths], attrs) as [Tensor, Tensor, Tensor];
  return { states, last };
}

/** Outputs: the states, the state before each step (for the gradient alone), the last state. */
export const rnnScanOp: Op<RnnAttrs> = {
  name: "rnnScan",
  infer: (inputs) => {
    const [xw, wh, initial, lengths] = inputs as [TensorType, TensorType, TensorType, TensorType];
    if (xw.shape.length !== 3) refuse(`xw is of shape ${formatShape(xw.shape)}; give B×T×H`);
    const [batch, , hidden] = xw.shape as [number, number, number];
    requireShape("xw", xw, "B×T×H", xw.shape);
    requireShape("wh", wh, "H×H", [hidden, hidden]);
    requireShape("initial", initial, "B×H", [batch, hidden]);
    requireShape("lengths", lengths, "B", [batch], ["i32", "u32"]);
    return [
      { shape: xw.shape, dtype: "f32" },
      { shape: xw.shape, dtype: "f32" },
      { shape: initial.shape, dtype: "f32" },
    ];
  },
  reference: (inputs, { activation, reverse }) => {
    const [xw, wh, initial, lengths] = inputs as [NdArray, NdArray, NdArray, NdArray];
    const [batch, steps, hidden] = xw.shape as [number, number, number];
    const [states, previous, last] = [NdArray.zeros(xw.shape), NdArray.zeros(xw.shape), NdArray.zeros(initial.shape)];
    const activate = activation === "tanh" ? Math.tanh : (a: number) => (a > 0 || Number.isNaN(a) ? a : 0);
    for (let b = 0; b < batch; b++) {
      let h = rowOf(initial, b, hidden);
      for (const t of timeOrder(steps, reverse)) {
        const row = b * steps + t;
        previous.data.set(h, row * hidden);
        if (t >= lengthOf(lengths, b, steps)) continue;
        h = rowTimes(h, wh).map((a, j) => activate(a + xw.at(row * hidden + j)));
        states.data.set(h, row * hidden);
      }
      last.data.set(h, b * hidden);
    }
    return [states, previous, last];
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [xw], attrs }, adapter) =>
      scanVariant(
        { loop: source },
        ["xw", "wh", "initial", "lengths", "states", "previous", "last"],
        (xw as Tensor).shape as [number, number, number],
        { REVERSE: attrs.reverse, RELU: attrs.activation === "relu" },
        adapter,
      ),
    lower: ({ inputs, attrs }) => {
      const [xw, wh, initial, lengths] = inputs as [Tensor, Tensor, Tensor, Tensor];
      return attrs.unrolled ? unrolledRnn(xw, wh, initial, lengths, attrs) : undefined;
    },
  },
  gradient: ([dStates, , dLast], { inputs, outputs, attrs }) => {
    const [xw, wh, initial, lengths] = inputs as [Tensor, Tensor, Tensor, Tensor];
    const [states, previous] = outputs as [Tensor, Tensor];
    const { dxw, dInitial } = rnnScanGradient(
      {
        wh,
        states,
        lengths,
        dStates: dStates ?? constant(0, xw.shape),
        dLast: dLast ?? constant(0, initial.shape),
      },
      attrs,
    );
    return [dxw, matmul(timeRows(previous), timeRows(dxw), { transposeA: true }), dInitial, undefined];
  },
  flops: ({ inputs: [xw, wh] }) => {
    const [batch, steps] = (xw as Tensor).shape as [number, number];
    const [hidden] = (wh as Tensor).shape as [number];
    return batch * steps * hidden * (2 * hidden + 2);
  },
};
