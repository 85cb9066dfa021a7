import { apply, inNameOf, refuse } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { greaterEqual } from "./greater-equal.ts";
import { lessEqual } from "./less-equal.ts";
import { floatLiteral } from "./literal.ts";
import { logicalAnd } from "./logical-and.ts";
import { where } from "./where.ts";

/** Bounds; null where there is none, because attributes are JSON. */
interface ClampAttrs {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * min(max(x, low), high), with NaN staying NaN; low may be -∞ and high ∞. dx = dy where low ≤ x ≤ high, both bounds
 * counted, else 0. Throws a "shape" error for bounds that no number lies between.
 */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  inNameOf("clamp", () => {
    if (low <= high && low < Number.POSITIVE_INFINITY && high > Number.NEGATIVE_INFINITY) return;
    refuse(`no number lies in ${low} to ${high}; give a low bound, then a high one of at least as much`);
  });
  return apply(clampOp, [x], { low: finite(low), high: finite(high) });
}

export const clampOp = unary<ClampAttrs>({
  name: "clamp",
  reference: (x, { low, high }) => {
    const raised = low !== null && x < low ? low : x;
    return high !== null && raised > high ? high : raised;
  },
  wgsl: (x, { low, high }) =>
    `clamp_nan(${x}, ${floatLiteral(low ?? Number.NEGATIVE_INFINITY)}, ${floatLiteral(high ?? Number.POSITIVE_INFINITY)})`,
  gradient: (dy, x, _, { low, high }) => {
    const aboveLow = low === null ? undefined : greaterEqual(x, low);
    const belowHigh = high === null ? undefined : lessEqual(x, high);
    if (aboveLow === undefined || belowHigh === undefined) {
      const inside = aboveLow ?? belowHigh;
      return inside === undefined ? dy : where(inside, dy, 0);
    }
    return where(logicalAnd(aboveLow, belowHigh), dy, 0);
  },
});

function finite(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
