import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, type Tensor, type TensorType } from "../tensor.ts";
import { pickValues } from "./broadcasting.ts";
import { embed } from "./pad.ts";

/** One number an axis. */
export interface SliceAttrs {
  readonly start: readonly number[];
  readonly size: Shape;
  readonly step: readonly number[];
}

/**
 * Along each axis the `size` elements start, start + step, …; a size of -1 takes all there are; steps are positive
 * (default 1; flip turns an axis round). dx = dy at the places it came from, 0 elsewhere.
 */
export function slice(x: Tensor, start: readonly number[], size: Shape, step?: readonly number[]): Tensor {
  const steps = step ?? start.map(() => 1);
  const sizes = size.map((count, axis) =>
    count === -1 ? Math.max(0, Math.ceil(((x.shape[axis] ?? 0) - (start[axis] ?? 0)) / (steps[axis] ?? 1))) : count,
  );
  if (sameShape(sizes, x.shape) && steps.every((value) => value === 1) && start.every((value) => value === 0)) return x;
  return apply(sliceOp, [x], { start, size: sizes, step: steps });
}

/** The elements from `start` on along one axis, all there are of the other axes. */
export function sliceAxis(x: Tensor, axis: number, start: number, size: number): Tensor {
  return slice(
    x,
    x.shape.map((_, k) => (k === axis ? start : 0)),
    x.shape.map((all, k) => (k === axis ? size : all)),
  );
}

export const sliceOp: Op<SliceAttrs> = {
  name: "slice",
  infer: ([x], attrs) => {
    const { shape, dtype } = x as TensorType;
    checkSlice(shape, attrs);
    return { shape: attrs.size, dtype };
  },
  reference: ([x], { start, size, step }) => {
    const data = pickValues(x as NdArray, size, (coords) =>
      coords.map((c, axis) => (start[axis] as number) + c * (step[axis] as number)),
    );
    return new NdArray(size, data, (x as NdArray).dtype);
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { start, step }, at, input }) =>
      input(
        0,
        at.coords.map((c, axis) => {
          const scaled = step[axis] === 1 ? c : `(${c} * ${step[axis]}u)`;
          return start[axis] === 0 ? scaled : `(${start[axis]}u + ${scaled})`;
        }),
      ),
  },
  gradient: ([dy], { inputs: [x], attrs: { start, step } }) => [embed(dy as Tensor, (x as Tensor).shape, start, step)],
  flops: () => 0,
};

function checkSlice(shape: Shape, { start, size, step }: SliceAttrs): void {
  if ([start, size, step].some((list) => list.length !== shape.length)) {
    refuse(`${formatShape(shape)} has ${shape.length} axes; give start, size and step for each`);
  }
  for (const [axis, all] of shape.entries()) {
    const [from, count, by] = [start[axis] as number, size[axis] as number, step[axis] as number];
    if (![from, count, by].every(Number.isInteger) || from < 0 || count < 0 || by < 1) {
      refuse(`axis ${axis}: start ${from}, size ${count}, step ${by}; give whole numbers, a step of at least 1`);
    }
    if (count > 0 ? from + (count - 1) * by >= all : from > all) {
      refuse(`axis ${axis}: ${count} elements from ${from} in steps of ${by} leave its size ${all}; take fewer`);
    }
  }
}
