import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";

/** 1 where x (u32) is 0, else 0. No gradient. */
export function logicalNot(x: Tensor): Tensor {
  return apply(logicalNotOp, [x], null);
}

export const logicalNotOp = unary({
  name: "logicalNot",
  dtypes: ["u32"],
  reference: (x) => Number(x === 0),
  wgsl: (x) => `u32(${x} == 0u)`,
  gradient: () => undefined,
});
