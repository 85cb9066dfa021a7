import type { Op } from "../op.ts";
import { binary } from "./elementwise.ts";

/** Makes the op of a comparison: u32, 1 where it holds. */
export function comparison(name: string, symbol: string, holds: (a: number, b: number) => boolean): Op<null> {
  return {
    ...binary({
      name,
      output: "u32",
      reference: (a, b) => Number(holds(a, b)),
      // Drivers may assume that no float is NaN, and then answer wrongly; the bits do not lie.
      wgsl: (a, b, dtype) =>
        dtype === "f32"
          ? symbol === "!="
            ? `u32(${a} != ${b} || is_nan(${a}) || is_nan(${b}))`
            : `u32(${a} ${symbol} ${b} && !is_nan(${a}) && !is_nan(${b}))`
          : `u32(${a} ${symbol} ${b})`,
    }),
    gradient: () => [undefined, undefined],
  };
}
