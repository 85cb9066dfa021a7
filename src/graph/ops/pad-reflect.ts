import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { pickValues } from "./broadcasting.ts";
import { flip } from "./flip.ts";
import { checkPadding, embed, type Padding, paddedShape } from "./pad.ts";
import { sliceAxis } from "./slice.ts";

interface PadReflectAttrs {
  readonly padding: Padding;
}
/** x mirrored at its outermost elements, which are not repeated. dx: the borders of dy are mirrored back and added. */
export function padReflect(x: Tensor, padding: Padding): Tensor {
  return apply(padReflectOp, [x], { padding });
}

export const padReflectOp: Op<PadReflectAttrs> = {
  name: "padReflect",
  infer: ([x], { padding }) => {
    const { shape, dtype } = x as TensorType;
    checkPadding(shape, padding);
    for (const [axis, [before, after]] of padding.entries()) {
      const size = shape[axis] as number;
      if (Math.max(before, after) > Math.max(size - 1, 0)) {
        refuse(
          `axis ${axis} of ${formatShape(shape)}: padding ${before} and ${after} reaches past the ${size} elements to be mirrored; pad by at most ${Math.max(size - 1, 0)}, or by "edge"`,
        );
      }
    }
    return { shape: paddedShape(shape, padding), dtype };
  },
  reference: ([x], { padding }) => {
    const { shape, dtype } = x as NdArray;
    const result = paddedShape(shape, padding);
    const source = (c: number, axis: number) => {
      const k = Math.abs(c - (padding[axis]?.[0] as number));
      const last = (shape[axis] as number) - 1;
      return k > last ? 2 * last - k : k;
    };
    return new NdArray(
      result,
      pickValues(x as NdArray, result, (coords) => coords.map(source)),
      dtype,
    );
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { padding }, at, call, input }) => {
      const { shape } = call.inputs[0] as Tensor;
      return input(
        0,
        at.coords.map((c, axis) => {
          const [before, after] = padding[axis] as [number, number];
          if (before + after === 0) return c;
          const last = (shape[axis] as number) - 1;
          return `u32(${last}i - abs(${last}i - abs(i32(${c}) - ${before}i)))`;
        }),
      );
    },
  },
  gradient: ([dy], { inputs: [x], attrs: { padding } }) => {
    const { shape } = x as Tensor;
    let dx = dy as Tensor;
    for (const [axis, [before, after]] of padding.entries()) {
      dx = foldMirrored(dx, axis, before, after, shape);
    }
    return [dx];
  },
  flops: () => 0,
};

/** Takes the border off one axis of dy and adds it, mirrored, to the elements it shows. */
function foldMirrored(dy: Tensor, axis: number, before: number, after: number, shape: Shape): Tensor {
  const size = shape[axis] as number;
  let dx = sliceAxis(dy, axis, before, size);
  for (const [start, count, first] of [
    [0, before, 1],
    [before + size, after, size - 1 - after],
  ] as const) {
    if (count === 0) continue;
    const mirrored = flip(sliceAxis(dy, axis, start, count), axis);
    const place = dx.shape.map((_, k) => (k === axis ? first : 0));
    dx = add(
      dx,
      embed(
        mirrored,
        dx.shape,
        place,
        place.map(() => 1),
      ),
    );
  }
  return dx;
}
