import type { AdapterProfile } from "../../gpu/device.ts";
import { apply, type ReduceKernel } from "../op.ts";
import { reshape } from "../ops/reshape.ts";
import type { Call, Shape, Tensor } from "../tensor.ts";
import { rowsOf } from "./groups.ts";

/** So many rows keep a device busy: where a row's elements are adjacent, hardware gives each a workgroup, else a thread. */
const ENOUGH_ROWS = { software: 32, workgroups: 256, threads: 4096 };
/** Rows up to this long are not worth a second dispatch. */
const LONG_ROW = 1024;

/**
 * A reduction of few long rows in two: parts of the rows first, then the parts. The order of summation depends on
 * the shape alone, so the bits are the same at every step. Undefined where one dispatch does.
 */
export function splitReduction(call: Call, adapter: AdapterProfile): readonly Tensor[] | undefined {
  const [input] = call.inputs as [Tensor];
  const [output] = call.outputs as [Tensor];
  const axes = (call.op.kernel as ReduceKernel<unknown>).axes(call.attrs);
  const { rows, columns, trailing } = rowsOf(input.shape, axes);
  const enough = ENOUGH_ROWS[adapter.software ? "software" : trailing ? "workgroups" : "threads"];
  if (columns <= LONG_ROW || rows === 0 || rows >= enough) return undefined;
  // Neighbouring reduced axes become one axis n, and that [parts, n / parts], whose inner part is reduced first.
  const merged = mergeNeighbours(input.shape, axes);
  const axis = merged.axes.reduce((a, b) => ((merged.shape[b] as number) > (merged.shape[a] as number) ? b : a));
  const size = merged.shape[axis] as number;
  const parts = divisorNear(size, Math.min(Math.sqrt(columns), Math.ceil(enough / rows)));
  if (parts === 1) return undefined;
  const shape = [...merged.shape.slice(0, axis), parts, size / parts, ...merged.shape.slice(axis + 1)];
  const inner = merged.axes.map((other) => (other < axis ? other : other + 1));
  const partial = apply(call.op, [reshape(input, shape)], { ...(call.attrs as object), axes: inner });
  const whole = apply(call.op, [partial], { ...(call.attrs as object), axes: [axis] });
  return [reshape(whole, output.shape)];
}

function mergeNeighbours(shape: Shape, axes: readonly number[]): { shape: number[]; axes: number[] } {
  const merged: { shape: number[]; axes: number[] } = { shape: [], axes: [] };
  for (const [axis, size] of shape.entries()) {
    const last = merged.shape.length - 1;
    if (axes.includes(axis) && merged.axes.includes(last)) merged.shape[last] = (merged.shape[last] as number) * size;
    else {
      if (axes.includes(axis)) merged.axes.push(merged.shape.length);
      merged.shape.push(size);
    }
  }
  return merged;
}

/** The divisor of n that is nearest to the wish, in the sense of ratios. */
function divisorNear(n: number, wish: number): number {
  let best = 1;
  const distance = (divisor: number) => Math.abs(Math.log(divisor / wish));
  for (let low = 1; low * low <= n; low++) {
    if (n % low !== 0) continue;
    for (const divisor of [low, n / low]) if (divisor < n && distance(divisor) < distance(best)) best = divisor;
  }
  return best;
}
