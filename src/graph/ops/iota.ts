import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import { type DType, type Shape, sizeOf, type Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { axisOf, requireAxis } from "./axes.ts";
import { eachCoordinate } from "./broadcasting.ts";
import { mul } from "./mul.ts";

interface IotaAttrs {
  readonly shape: Shape;
  readonly axis: number;
  readonly dtype: DType;
}

/** Each element's coordinate along an axis (default: the last). */
export function iota(shape: Shape, dtype: DType = "i32", axis = -1): Tensor {
  return apply(iotaOp, [], { shape, dtype, axis: axisOf(shape, axis) });
}

/** The numbers start, start + step, … : `count` of them. */
export function arange(count: number, start = 0, step = 1, dtype: DType = "i32"): Tensor {
  return add(mul(iota([count], dtype), step), start);
}

export const iotaOp: Op<IotaAttrs> = {
  name: "iota",
  infer: (_, { shape, axis, dtype }) => {
    requireAxis(shape, axis);
    return { shape, dtype };
  },
  reference: (_, { shape, axis, dtype }) => {
    const data = new Float64Array(sizeOf(shape));
    eachCoordinate(shape, (coords, position) => {
      data[position] = coords[axis] as number;
    });
    return new NdArray(shape, data, dtype);
  },
  kernel: { kind: "pointwise", emit: ({ attrs: { axis, dtype }, at }) => `${dtype}(${at.coords[axis]})` },
  gradient: () => [],
};
