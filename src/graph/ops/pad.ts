import { NdArray } from "../nd-array.ts";
import { apply, type Op, refuse } from "../op.ts";
import { type DType, formatShape, type Shape, sizeOf, stridesOf, type Tensor, type TensorType } from "../tensor.ts";
import { eachCoordinate } from "./broadcasting.ts";
import { requireValue } from "./integers.ts";
import { floatLiteral } from "./literal.ts";
import { padEdge } from "./pad-edge.ts";
import { padReflect } from "./pad-reflect.ts";
import { slice } from "./slice.ts";

/** Elements to add before and after, one pair an axis. */
export type Padding = readonly (readonly [before: number, after: number])[];

interface PadAttrs {
  /** Where x begins along each axis, and how far apart its elements come to lie. */
  readonly start: readonly number[];
  readonly step: readonly number[];
  readonly shape: Shape;
  readonly value: number;
}

/**
 * x with a border: of a constant; "reflect", mirrored without its outermost element (0 1 2 → 2 1 | 0 1 2 | 1 0);
 * "edge", its outermost element repeated. dx sums what each element gave.
 */
export function pad(x: Tensor, padding: Padding, border: number | "reflect" | "edge" = 0): Tensor {
  if (padding.every(([before, after]) => before === 0 && after === 0) && padding.length === x.shape.length) return x;
  if (border === "reflect") return padReflect(x, padding);
  if (border === "edge") return padEdge(x, padding);
  const shape = paddedShape(x.shape, padding);
  const start = padding.map(([before]) => before);
  return apply(padOp, [x], { start, step: start.map(() => 1), shape, value: border });
}

/** Zeros of the given shape with x laid in from `start` in steps of `step`: what a slice took, put back. */
export function embed(x: Tensor, shape: Shape, start: readonly number[], step: readonly number[]): Tensor {
  return apply(padOp, [x], { start, step, shape, value: 0 });
}

/** The sizes with the padding added; what does not fit is left for the shape rule to refuse. */
export function paddedShape(shape: Shape, padding: Padding): Shape {
  return shape.map((size, axis) => size + (padding[axis]?.[0] ?? 0) + (padding[axis]?.[1] ?? 0));
}

export const padOp: Op<PadAttrs> = {
  name: "pad",
  infer: ([x], attrs) => {
    const { shape, dtype } = x as TensorType;
    checkPad(shape, attrs);
    requireValue(attrs.value, dtype);
    return { shape: attrs.shape, dtype };
  },
  reference: ([x], { start, step, shape, value }) => {
    const result = NdArray.zeros(shape, (x as NdArray).dtype).map(() => value);
    const strides = stridesOf(shape);
    eachCoordinate((x as NdArray).shape, (coords, position) => {
      const place = coords.reduce(
        (sum, c, axis) => sum + ((start[axis] as number) + c * (step[axis] as number)) * (strides[axis] as number),
        0,
      );
      result.data[place] = (x as NdArray).at(position);
    });
    return result;
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { start, step, shape, value }, at, bind, call, input }) => {
      const [x] = call.inputs as [Tensor];
      const border = literalOf(value, x.dtype);
      if (sizeOf(x.shape) === 0) return border;
      const conditions: string[] = [];
      const coords = x.shape.map((size, axis) => {
        const [from, by] = [start[axis] as number, step[axis] as number];
        const c = at.coords[axis] as string;
        if (from === 0 && by === 1 && size === shape[axis]) return c;
        // Before the start this wraps round to a large number, and so is outside as well.
        const offset = bind("u32", `${c} - ${from}u`);
        if (by !== 1) conditions.push(`${offset} % ${by}u == 0u`);
        const k = by === 1 ? offset : bind("u32", `${offset} / ${by}u`);
        conditions.push(`${k} < ${size}u`);
        return `min(${k}, ${size - 1}u)`;
      });
      return conditions.length === 0
        ? input(0, coords)
        : `select(${border}, ${input(0, coords)}, ${conditions.join(" && ")})`;
    },
  },
  gradient: ([dy], { inputs: [x], attrs: { start, step } }) => [slice(dy as Tensor, start, (x as Tensor).shape, step)],
  flops: () => 0,
};

function literalOf(value: number, dtype: DType): string {
  if (dtype === "f32") return floatLiteral(value);
  return dtype === "u32" ? `${value}u` : value === -(2 ** 31) ? "(-2147483647i - 1i)" : `i32(${value})`;
}

function checkPad(shape: Shape, { start, step, shape: result, value }: PadAttrs): void {
  if (start.length !== shape.length) {
    refuse(`${formatShape(shape)} has ${shape.length} axes, the padding ${start.length}; give a pair for each axis`);
  }
  if (!Number.isFinite(value)) refuse(`the border ${value} is not a finite number; pad with one that is`);
  for (const [axis, size] of shape.entries()) {
    const from = start[axis] as number;
    const last = from + Math.max(size - 1, 0) * (step[axis] as number) + Math.min(size, 1);
    if (!Number.isInteger(from) || from < 0 || last > (result[axis] as number)) {
      refuse(
        `axis ${axis}: ${size} elements from ${from} do not fit into ${result[axis]}; padding is whole and at least 0 (slice to crop)`,
      );
    }
  }
}

/** Refuses padding that is not whole, negative or not given for every axis. */
export function checkPadding(shape: Shape, padding: Padding): void {
  if (padding.length !== shape.length) {
    refuse(`${formatShape(shape)} has ${shape.length} axes, the padding ${padding.length}; give a pair for each axis`);
  }
  for (const [axis, pair] of padding.entries()) {
    if (pair.some((count) => !Number.isInteger(count) || count < 0)) {
      refuse(`axis ${axis}: padding ${pair.join(" and ")}; give whole numbers of at least 0 (slice to crop)`);
    }
  }
}
