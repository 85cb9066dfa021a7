import type { AdapterProfile } from "../../gpu/device.ts";
import { apply, type ReduceKernel } from "../op.ts";
import { reshape } from "../ops/reshape.ts";
import { type Call, sizeOf, type Tensor } from "../tensor.ts";

/** A reduction with at least so many results keeps a device busy with one row a thread or workgroup. */
const ENOUGH_ROWS = { software: 8, hardware: 4096 };
/** Rows shorter than this are not worth a second dispatch. */
const LONG_ROW = 1024;

/**
 * A reduction of few long rows in two: parts of the rows first, then the parts. The order of summation depends on
 * the shape alone, so the bits are the same at every step. Undefined where one dispatch does.
 */
export function splitReduction(call: Call, adapter: AdapterProfile): readonly Tensor[] | undefined {
  const [input] = call.inputs as [Tensor];
  const [output] = call.outputs as [Tensor];
  const axes = (call.op.kernel as ReduceKernel<unknown>).axes(call.attrs);
  const rows = sizeOf(output.shape);
  const columns = rows === 0 ? 0 : sizeOf(input.shape) / rows;
  const enough = adapter.software ? ENOUGH_ROWS.software : ENOUGH_ROWS.hardware;
  if (columns < LONG_ROW || rows >= enough) return undefined;
  // One axis [.., n, ..] becomes [.., parts, n / parts, ..]; the inner part is reduced first.
  const axis = longest(axes, input);
  const size = input.shape[axis] as number;
  const parts = divisorNear(size, Math.min(Math.sqrt(columns), Math.ceil(enough / rows)));
  if (parts === 1) return undefined;
  const split = [...input.shape.slice(0, axis), parts, size / parts, ...input.shape.slice(axis + 1)];
  const inner = axes.map((other) => (other < axis ? other : other + 1));
  const partial = apply(call.op, [reshape(input, split)], { ...(call.attrs as object), axes: inner });
  const rejoined = reshape(
    partial,
    partial.shape.filter((_, other) => other !== axis + 1),
  );
  return [apply(call.op, [rejoined], { ...(call.attrs as object), axes: [axis] })];
}

function longest(axes: readonly number[], { shape }: Tensor): number {
  return axes.reduce((best, axis) => ((shape[axis] as number) > (shape[best] as number) ? axis : best));
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
