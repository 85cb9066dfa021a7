import type { Shape, Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import { type ConstantAttrs, constant, constantOp } from "./constant.ts";
import { less } from "./less.ts";
import { reshape } from "./reshape.ts";
import { slice, sliceAxis } from "./slice.ts";
import { where } from "./where.ts";

/** What x (B, T, C) holds at step t: (B, C). */
export function stepOf(x: Tensor, t: number): Tensor {
  const [batch, , columns] = x.shape as [number, number, number];
  return reshape(slice(x, [0, t, 0], [batch, 1, columns]), [batch, columns]);
}

/** The blocks of H columns of (B, G·H), one a gate. */
export function gatesOf(x: Tensor, hidden: number): Tensor[] {
  const gates = (x.shape[1] as number) / hidden;
  return Array.from({ length: gates }, (_, gate) => sliceAxis(x, 1, gate * hidden, hidden));
}

/** Steps (B, C), in the order of time, as (B, T, C). */
export function joinSteps(steps: readonly Tensor[], [batch, columns]: readonly [number, number]): Tensor {
  if (steps.length === 0) return constant(0, [batch, 0, columns]);
  return concat(
    steps.map((step) => reshape(step, [batch, 1, columns])),
    1,
  );
}

/** (B, H) n times as (n, B, H). */
export function joinStates(states: readonly Tensor[]): Tensor {
  return concat(
    states.map((state) => reshape(state, [1, ...state.shape])),
    0,
  );
}

/** The k-th (B, H) of (n, B, H). */
export function stateOf(states: Tensor, k: number): Tensor {
  return reshape(sliceAxis(states, 0, k, 1), states.shape.slice(1) as Shape);
}

/** Which samples have a step t, as (B, 1) of u32; undefined where all have. */
export function insideAt(lengths: Tensor, t: number): Tensor | undefined {
  if (lengths.call.op === constantOp) {
    const { values } = lengths.call.attrs as ConstantAttrs;
    if (typeof values === "number" && values > t) return undefined;
  }
  return less(constant(t, [], lengths.dtype), reshape(lengths, [lengths.shape[0] as number, 1]));
}

/** `yes` where the step is inside the sample, else `no`. */
export function choose(inside: Tensor | undefined, yes: Tensor, no: Tensor | number): Tensor {
  return inside === undefined ? yes : where(inside, yes, no);
}
