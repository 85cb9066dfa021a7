import { inNameOf, refuse } from "../op.ts";
import type { Shape, Tensor } from "../tensor.ts";
import { axisOf, requireAxis } from "./axes.ts";
import { sliceAxis } from "./slice.ts";

/**
 * Cuts x along an axis into parts of the given sizes, which come to the size of the axis, or into so many equal parts.
 * Throws a "shape" error for parts that do not come out even.
 */
export function split(x: Tensor, parts: number | readonly number[], axis: number): Tensor[] {
  const at = axisOf(x.shape, axis);
  const sizes = inNameOf("split", () => partSizes(x.shape, parts, at));
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return sliceAxis(x, at, start - size, size);
  });
}

function partSizes(shape: Shape, parts: number | readonly number[], axis: number): readonly number[] {
  requireAxis(shape, axis);
  const all = shape[axis] as number;
  if (typeof parts === "number") {
    if (!Number.isInteger(parts) || parts < 1) {
      refuse(`${parts} parts of axis ${axis} with its size ${all}; give a whole number of at least 1`);
    }
    if (all % parts !== 0) {
      refuse(`axis ${axis} with its size ${all} does not make ${parts} parts; give a number that divides it, or sizes`);
    }
    return new Array<number>(parts).fill(all / parts);
  }
  const named = `the sizes [${parts.join(", ")}]`;
  if (!parts.every((size) => Number.isInteger(size) && size >= 0)) {
    refuse(`${named} of parts are not all whole numbers of at least 0; give such`);
  }
  const total = parts.reduce((sum, size) => sum + size, 0);
  if (total !== all) refuse(`${named} come to ${total}, axis ${axis} has ${all}; give sizes that come to that`);
  return parts;
}
