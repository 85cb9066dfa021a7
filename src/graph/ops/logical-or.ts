import { apply } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import { binary } from "./elementwise.ts";

/** 1 where one or both of a and b (u32) are not 0, else 0; broadcast. No gradient. */
export function logicalOr(a: Tensor, b: Tensor): Tensor {
  return apply(logicalOrOp, [a, b], null);
}

export const logicalOrOp = binary({
  name: "logicalOr",
  dtypes: ["u32"],
  reference: (a, b) => Number(a !== 0 || b !== 0),
  wgsl: (a, b) => `u32(${a} != 0u || ${b} != 0u)`,
  gradient: () => [undefined, undefined],
});
