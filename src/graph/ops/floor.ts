import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";

/** The largest whole number not above x. dx = 0. */
export function floor(x: Tensor): Tensor {
  return apply(floorOp, [x], null);
}

export const floorOp = unary({
  name: "floor",
  reference: (x) => Math.floor(x),
  wgsl: (x) => `floor(${x})`,
  gradient: () => undefined,
});
