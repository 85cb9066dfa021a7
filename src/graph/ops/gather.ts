import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { axisOf, requireAxis } from "./axes.ts";
import { pickValues } from "./broadcasting.ts";
import { requireDType } from "./elementwise.ts";
import { reshape } from "./reshape.ts";
import { scatterAdd } from "./scatter-add.ts";
import { transpose } from "./transpose.ts";

interface GatherAttrs {
  readonly axis: number;
}

/**
 * The slices of x along an axis that the indices (i32 or u32, of any shape) name: (…before, …indices, …after). An index
 * outside is clamped to the first or last. dx: each slice of dy added to the one it came from.
 */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return apply(gatherOp, [x, indices], { axis: axisOf(x.shape, axis) });
}

export const gatherOp: Op<GatherAttrs> = {
  name: "gather",
  infer: (inputs, { axis }) => {
    const [x, indices] = inputs as [TensorType, TensorType];
    requireAxis(x.shape, axis);
    requireDType(indices.dtype, ["i32", "u32"]);
    if (x.shape[axis] === 0 && sizeOf(indices.shape) > 0) {
      refuse(`axis ${axis} of ${formatShape(x.shape)} is empty; there is nothing to take from`);
    }
    return { shape: gatheredShape(x.shape, indices.shape, axis), dtype: x.dtype };
  },
  reference: (inputs, { axis }) => {
    const [x, indices] = inputs as [NdArray, NdArray];
    const shape = gatheredShape(x.shape, indices.shape, axis);
    const rank = indices.shape.length;
    const last = (x.shape[axis] as number) - 1;
    const data = pickValues(x, shape, (coords) => {
      const place = coords.slice(axis, axis + rank).reduce((at, c, k) => at * (indices.shape[k] as number) + c, 0);
      const index = Math.min(Math.max(indices.at(place), 0), last);
      return [...coords.slice(0, axis), index, ...coords.slice(axis + rank)];
    });
    return new NdArray(shape, data, x.dtype);
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { axis }, at, bind, call, input }) => {
      const [x, indices] = call.inputs as [Tensor, Tensor];
      const rank = indices.shape.length;
      const last = (x.shape[axis] as number) - 1;
      const named = input(1, at.coords.slice(axis, axis + rank));
      const index = indices.dtype === "u32" ? `min(${named}, ${last}u)` : `u32(clamp(${named}, 0i, ${last}i))`;
      return input(0, [...at.coords.slice(0, axis), bind("u32", index), ...at.coords.slice(axis + rank)]);
    },
  },
  gradient: ([dy], { inputs, attrs: { axis } }) => {
    const [x, indices] = inputs as [Tensor, Tensor];
    const count = sizeOf(indices.shape);
    const flat = reshape(dy as Tensor, [...x.shape.slice(0, axis), count, ...x.shape.slice(axis + 1)]);
    const toFront = [axis, ...[...x.shape.keys()].filter((k) => k !== axis)];
    const back = [...x.shape.keys()].map((k) => toFront.indexOf(k));
    const rows = scatterAdd(reshape(indices, [count]), transpose(flat, toFront), x.shape[axis] as number);
    return [transpose(rows, back), undefined];
  },
  flops: () => 0,
};

function gatheredShape(shape: Shape, indices: Shape, axis: number): Shape {
  return [...shape.slice(0, axis), ...indices, ...shape.slice(axis + 1)];
}
