import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** 1 / (1 + exp(-x)); dx = dy · y · (1 - y). */
export function sigmoid(x: Tensor): Tensor {
  return apply(sigmoidOp, [x], null);
}

export const sigmoidOp = unary({
  name: "sigmoid",
  reference: (x) => 1 / (1 + Math.exp(-x)),
  wgsl: (x) => `sigmoid(${x})`,
  gradient: (dy, _, y) => mul(dy, mul(y, sub(1, y))),
});
