import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { errorFunction } from "./error-function.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

/** The error function 2/√π ∫₀ˣ exp(-t²) dt; dx = dy · 2/√π · exp(-x²). */
export function erf(x: Tensor): Tensor {
  return apply(erfOp, [x], null);
}

export const erfOp = unary({
  name: "erf",
  reference: (x) => errorFunction(x),
  wgsl: (x) => `erf(${x})`,
  gradient: (dy, x) => mul(dy, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))),
});
