import type { Tensor } from "../tensor.ts";
import { axesOf, droppedShape } from "./axes.ts";
import { reshape } from "./reshape.ts";

/** Takes out axes of size 1 (default: all of them). Refuses axes of another size. */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  const ones = [...x.shape.keys()].filter((axis) => x.shape[axis] === 1);
  return reshape(x, droppedShape(x.shape, axesOf(x.shape, axes ?? ones)));
}
