import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, type Tensor, type TensorType } from "../tensor.ts";
import { add } from "./add.ts";
import { pickValues } from "./broadcasting.ts";
import { checkPadding, embed, type Padding, paddedShape } from "./pad.ts";
import { sliceAxis } from "./slice.ts";
import { sum } from "./sum.ts";

interface PadEdgeAttrs {
  readonly padding: Padding;
}

/** x with its outermost elements repeated. dx: the borders of dy are summed onto the edges. */
export function padEdge(x: Tensor, padding: Padding): Tensor {
  return apply(padEdgeOp, [x], { padding });
}

export const padEdgeOp: Op<PadEdgeAttrs> = {
  name: "padEdge",
  infer: ([x], { padding }) => {
    const { shape, dtype } = x as TensorType;
    checkPadding(shape, padding);
    for (const [axis, [before, after]] of padding.entries()) {
      if (shape[axis] === 0 && before + after > 0) {
        refuse(`axis ${axis} of ${formatShape(shape)} is empty and has no edge; pad it with a constant`);
      }
    }
    return { shape: paddedShape(shape, padding), dtype };
  },
  reference: ([x], { padding }) => {
    const { shape, dtype } = x as NdArray;
    const result = paddedShape(shape, padding);
    const source = (c: number, axis: number) =>
      Math.min(Math.max(c - (padding[axis]?.[0] as number), 0), (shape[axis] as number) - 1);
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
          return `(clamp(${c}, ${before}u, ${before + (shape[axis] as number) - 1}u) - ${before}u)`;
        }),
      );
    },
  },
  gradient: ([dy], { inputs: [x], attrs: { padding } }) => {
    const { shape } = x as Tensor;
    let dx = dy as Tensor;
    for (const [axis, [before, after]] of padding.entries()) {
      dx = foldEdges(dx, axis, before, after, shape);
    }
    return [dx];
  },
  flops: () => 0,
};

/** Takes the border off one axis of dy and adds its sums to the first and the last element. */
function foldEdges(dy: Tensor, axis: number, before: number, after: number, shape: Shape): Tensor {
  const size = shape[axis] as number;
  let dx = sliceAxis(dy, axis, before, size);
  for (const [start, count, edge] of [
    [0, before, 0],
    [before + size, after, size - 1],
  ] as const) {
    if (count === 0) continue;
    const total = sum(sliceAxis(dy, axis, start, count), [axis], true);
    const place = dx.shape.map((_, k) => (k === axis ? edge : 0));
    dx = add(
      dx,
      embed(
        total,
        dx.shape,
        place,
        place.map(() => 1),
      ),
    );
  }
  return dx;
}
