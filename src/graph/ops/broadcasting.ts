import type { NdArray } from "../nd-array.ts";
import { refuse } from "../op.ts";
import { formatShape, type Shape, sizeOf, stridesOf } from "../tensor.ts";

/** The shape that shapes broadcast to, as in NumPy: aligned at the last axis, sizes equal or 1. */
export function broadcastShapes(...shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (const [k, size] of shape.entries()) {
      const axis = rank - shape.length + k;
      const before = result[axis] as number;
      if (size === 1 || size === before) continue;
      if (before !== 1) {
        const names = shapes.map(formatShape).join(" and ");
        refuse(`shapes ${names} do not broadcast: sizes ${before} and ${size} meet; make them equal, or one of them 1`);
      }
      result[axis] = size;
    }
  }
  return result;
}

/** Row-major positions in `from` of the elements of the broadcast shape `to`. */
export function broadcastPositions(from: Shape, to: Shape): Int32Array {
  const strides = stridesOf(from);
  const steps = to.map((_, axis) => {
    const k = axis - (to.length - from.length);
    return k < 0 || from[k] === 1 ? 0 : (strides[k] as number);
  });
  return positionsOf(to, (coords) => coords.reduce((sum, c, axis) => sum + c * (steps[axis] as number), 0));
}

/** One number for each coordinate of a shape, in row-major order. */
export function positionsOf(shape: Shape, at: (coords: readonly number[]) => number): Int32Array {
  const positions = new Int32Array(sizeOf(shape));
  eachCoordinate(shape, (coords, position) => {
    positions[position] = at(coords);
  });
  return positions;
}

/** Visits the coordinates of a shape in row-major order; the list of coordinates is reused. */
export function eachCoordinate(shape: Shape, visit: (coords: readonly number[], position: number) => void): void {
  const size = sizeOf(shape);
  const coords = new Array<number>(shape.length).fill(0);
  for (let position = 0; position < size; position++) {
    visit(coords, position);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (coords[axis] as number) + 1;
      coords[axis] = next === shape[axis] ? 0 : next;
      if (next !== shape[axis]) break;
    }
  }
}

/** The values of `x`, repeated to fill the shape it broadcasts to. */
export function broadcastValues(x: NdArray, shape: Shape): Float64Array {
  const size = sizeOf(shape);
  if (x.data.length === size) return x.data;
  if (x.data.length === 1) return new Float64Array(size).fill(x.at(0));
  return Float64Array.from(broadcastPositions(x.shape, shape), (position) => x.at(position));
}

/** The values of `x` at the coordinates that belong to each coordinate of a shape. */
export function pickValues(
  x: NdArray,
  shape: Shape,
  from: (coords: readonly number[]) => readonly number[],
): Float64Array {
  const strides = stridesOf(x.shape);
  const places = positionsOf(shape, (coords) =>
    from(coords).reduce((place, c, axis) => place + c * (strides[axis] as number), 0),
  );
  return Float64Array.from(places, (place) => x.at(place));
}
