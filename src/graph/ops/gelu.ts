import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { unary } from "./elementwise.ts";
import { erf } from "./erf.ts";
import { complementaryErrorFunction } from "./error-function.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

// The tanh form: 0.5 x (1 + tanh(C (x + D x³))), which is x · sigmoid(2 C (x + D x³)).
const C = Math.sqrt(2 / Math.PI);
const D = 0.044715;

/**
 * x · Φ(x) with the normal distribution function Φ; dx = dy · (Φ(x) + x · φ(x)) with its density φ. The tanh form
 * approximates it to about 1e-3. Source: Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016).
 */
export function gelu(x: Tensor, approximate: "none" | "tanh" = "none"): Tensor {
  return apply(approximate === "none" ? geluOp : geluTanhOp, [x], null);
}

export const geluOp = unary({
  name: "gelu",
  reference: (x) => 0.5 * x * complementaryErrorFunction(-x * Math.SQRT1_2),
  wgsl: (x) => `0.5 * ${x} * erfc(-0.70710678 * ${x})`,
  gradient: (dy, x) => {
    const distribution = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
    const density = mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return mul(dy, add(distribution, mul(x, density)));
  },
});

export const geluTanhOp = unary({
  name: "geluTanh",
  reference: (x) => x / (1 + Math.exp(-2 * C * (x + D * x ** 3))),
  wgsl: (x) => `${x} * sigmoid(${2 * C} * (${x} + ${D} * ${x} * ${x} * ${x}))`,
  gradient: (dy, x) => {
    const square = mul(x, x);
    const s = sigmoid(mul(mul(x, add(mul(square, D), 1)), 2 * C));
    const slope = mul(add(mul(square, 3 * D), 1), 2 * C);
    return mul(dy, mul(s, add(mul(mul(x, sub(1, s)), slope), 1)));
  },
});
