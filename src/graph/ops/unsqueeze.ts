import type { Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";

/** Adds an axis of size 1, which stands at `axis` of the result. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = axis < 0 ? axis + x.shape.length + 1 : axis;
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}
