import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { unary } from "./elementwise.ts";
import { greater } from "./greater.ts";
import { floatLiteral } from "./literal.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

// Klambauer et al., "Self-Normalizing Neural Networks" (2017): the fixed point of mean 0 and variance 1.
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

/** 1.0507 · elu(x) with alpha 1.6733; dx = dy · 1.0507 where x > 0, else dy · (y + 1.0507 · 1.6733). */
export function selu(x: Tensor): Tensor {
  return apply(seluOp, [x], null);
}

export const seluOp = unary({
  name: "selu",
  reference: (x) => SCALE * (x > 0 ? x : ALPHA * Math.expm1(x)),
  wgsl: (x) => `select(${floatLiteral(SCALE * ALPHA)} * expm1(${x}), ${floatLiteral(SCALE)} * ${x}, ${x} > 0.0)`,
  gradient: (dy, x, y) => where(greater(x, 0), mul(dy, SCALE), mul(dy, add(y, SCALE * ALPHA))),
});
