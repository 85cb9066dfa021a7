import source from "../../../shaders/gru-scan-gradient.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { applyAll, type Op } from "../op.ts";
import type { Tensor, TensorType } from "../tensor.ts";
import type { GruAttrs } from "./gru-scan.ts";
import { unrolledGruGradient } from "./gru-unrolled.ts";
import { lengthOf, rowOf, rowTimes, timeOrder } from "./recurrent-reference.ts";
import { requireShape } from "./recurrent-shapes.ts";
import { scanVariant } from "./recurrent-tile.ts";
import { transpose } from "./transpose.ts";

/** What the gradient of a scan needs: weights, what the scan kept, and the gradients of what it gave. */
export interface GruGradientInputs {
  readonly wh: Tensor;
  readonly saved: Tensor;
  readonly dStates: Tensor;
  readonly dLast: Tensor;
  readonly lengths: Tensor;
}

/** Gradients of xw, of the product h·wh with its bias (both (B, T, 3H)), and of the initial state. */
export function gruScanGradient(
  { wh, saved, dStates, dLast, lengths }: GruGradientInputs,
  attrs: GruAttrs,
): { dxw: Tensor; dhw: Tensor; dInitial: Tensor } {
  const inputs = [transpose(wh), saved, dStates, dLast, lengths];
  const [dxw, dhw, dInitial] = applyAll(gruScanGradientOp, inputs, attrs) as [Tensor, Tensor, Tensor];
  return { dxw, dhw, dInitial };
}

type Five<T> = [whT: T, saved: T, dStates: T, dLast: T, lengths: T];

/** Takes wh transposed, so that neighbouring threads read neighbouring elements. It has no gradient of its own. */
export const gruScanGradientOp: Op<GruAttrs> = {
  name: "gruScanGradient",
  infer: (inputs) => {
    const [whT, saved, dStates, dLast, lengths] = inputs as Five<TensorType>;
    const [batch, steps, hidden] = dStates.shape as [number, number, number];
    requireShape("whᵀ", whT, "3H×H", [3 * hidden, hidden]);
    requireShape("saved", saved, "B×T×5H", [batch, steps, 5 * hidden]);
    requireShape("dStates", dStates, "B×T×H", dStates.shape);
    requireShape("dLast", dLast, "B×H", [batch, hidden]);
    requireShape("lengths", lengths, "B", [batch], ["i32", "u32"]);
    return [
      { shape: [batch, steps, 3 * hidden], dtype: "f32" },
      { shape: [batch, steps, 3 * hidden], dtype: "f32" },
      { shape: dLast.shape, dtype: "f32" },
    ];
  },
  reference: (inputs, { reverse, resetAfter }) => {
    const [whT, saved, dStates, dLast, lengths] = inputs as Five<NdArray>;
    const [batch, steps, hidden] = dStates.shape as [number, number, number];
    const dxw = NdArray.zeros([batch, steps, 3 * hidden]);
    const dhw = NdArray.zeros(dxw.shape);
    const dInitial = NdArray.zeros(dLast.shape);
    for (let b = 0; b < batch; b++) {
      let dh = rowOf(dLast, b, hidden);
      for (const t of timeOrder(steps, !reverse)) {
        if (t >= lengthOf(lengths, b, steps)) continue;
        const row = b * steps + t;
        const kept = (k: number) => (j: number) => saved.at((row * 5 + k) * hidden + j);
        const [r, z, n, q, h] = [kept(0), kept(1), kept(2), kept(3), kept(4)] as const;
        const dy = dh.map((value, j) => value + dStates.at(row * hidden + j));
        const dz = dy.map((value, j) => value * (h(j) - n(j)) * z(j) * (1 - z(j)));
        const dn = dy.map((value, j) => value * (1 - z(j)) * (1 - n(j) ** 2));
        const dq = resetAfter ? dn.map((value, j) => value * r(j)) : dn;
        // With the reset before, what the candidate's columns pass back is the gradient of r h.
        const drh = rowTimes(Float64Array.from([...dh.map(() => 0), ...dh.map(() => 0), ...dn]), whT);
        const dr = dn.map((value, j) => {
          const d = resetAfter ? value * q(j) : (drh[j] as number) * h(j);
          return d * r(j) * (1 - r(j));
        });
        dxw.data.set([...dr, ...dz, ...dn], row * 3 * hidden);
        dhw.data.set([...dr, ...dz, ...dq], row * 3 * hidden);
        const through = rowTimes(Float64Array.from([...dr, ...dz, ...(resetAfter ? dq : dq.map(() => 0))]), whT);
        dh = dy.map((value, j) => {
          const ofReset = resetAfter ? 0 : (drh[j] as number) * r(j);
          return value * z(j) + ofReset + (through[j] as number);
        });
      }
      dInitial.data.set(dh, b * hidden);
    }
    return [dxw, dhw, dInitial];
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [, , dStates], attrs }, adapter) =>
      scanVariant(
        { loop: source },
        ["wh_t", "saved", "d_states", "d_last", "lengths", "d_xw", "d_hw", "d_initial"],
        (dStates as Tensor).shape as [number, number, number],
        { REVERSE: attrs.reverse, RESET_AFTER: attrs.resetAfter },
        adapter,
      ),
    lower: ({ inputs, attrs }) => {
      const [whT, saved, dStates, dLast, lengths] = inputs as Five<Tensor>;
      if (!attrs.unrolled) return undefined;
      return unrolledGruGradient(whT, saved, dStates, dLast, lengths, attrs);
    },
  },
  flops: ({ inputs: [, , dStates] }) => {
    const [batch, steps, hidden] = (dStates as Tensor).shape as [number, number, number];
    return batch * steps * hidden * (6 * hidden + 20);
  },
};
