import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";

/** The nearest whole number, halves to the even one. dx = 0. */
export function round(x: Tensor): Tensor {
  return apply(roundOp, [x], null);
}

export const roundOp = unary({
  name: "round",
  reference: roundHalfEven,
  wgsl: (x) => `round(${x})`,
  gradient: () => undefined,
});

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
