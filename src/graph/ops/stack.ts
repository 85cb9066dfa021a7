import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import { unsqueeze } from "./unsqueeze.ts";

/** Joins tensors of one shape along a new axis, which stands at `axis` of the result. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  const [first] = tensors;
  const at = first !== undefined && axis < 0 ? axis + first.shape.length + 1 : axis;
  return concat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  );
}
