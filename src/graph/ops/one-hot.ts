import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import type { DType, Tensor, TensorType } from "../tensor.ts";
import { eachCoordinate } from "./broadcasting.ts";
import { requireDType } from "./elementwise.ts";

interface OneHotAttrs {
  readonly depth: number;
  readonly dtype: DType;
}

/** A new last axis of size `depth`: 1 at the position each index (i32 or u32) names, else 0; all 0 where it is outside. */
export function oneHot(indices: Tensor, depth: number, dtype: DType = "f32"): Tensor {
  return apply(oneHotOp, [indices], { depth, dtype });
}

export const oneHotOp: Op<OneHotAttrs> = {
  name: "oneHot",
  infer: ([indices], { depth, dtype }) => {
    requireDType((indices as TensorType).dtype, ["i32", "u32"]);
    if (!Number.isInteger(depth) || depth < 0) refuse(`depth ${depth}; give a whole number of at least 0`);
    return { shape: [...(indices as TensorType).shape, depth], dtype };
  },
  reference: ([indices], { depth, dtype }) => {
    const result = NdArray.zeros([...(indices as NdArray).shape, depth], dtype);
    eachCoordinate(result.shape, (coords, position) => {
      result.data[position] = Number((indices as NdArray).at(Math.floor(position / depth)) === coords.at(-1));
    });
    return result;
  },
  kernel: {
    kind: "pointwise",
    // A negative index becomes a large one, past every depth.
    emit: ({ attrs: { dtype }, at, input }) =>
      `${dtype}(u32(${input(0, at.coords.slice(0, -1))}) == ${at.coords.at(-1)})`,
  },
  gradient: () => [undefined],
};
