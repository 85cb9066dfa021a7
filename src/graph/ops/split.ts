import type { Tensor } from "../tensor.ts";
import { axisOf } from "./axes.ts";
import { sliceAxis } from "./slice.ts";

/** Cuts x along an axis into parts of the given sizes, or into so many equal parts. */
export function split(x: Tensor, parts: number | readonly number[], axis: number): Tensor[] {
  const at = axisOf(x.shape, axis);
  const sizes = typeof parts === "number" ? equalParts(x.shape[at] ?? 0, parts) : parts;
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return sliceAxis(x, at, start - size, size);
  });
}

/** Parts that do not come out whole are left for the shape rule of slice to refuse. */
function equalParts(size: number, parts: number): number[] {
  return new Array<number>(parts).fill(size / parts);
}
