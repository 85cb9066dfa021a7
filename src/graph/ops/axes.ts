import { refuse } from "../op.ts";
import { formatShape, type Shape } from "../tensor.ts";

/** One axis or several; negative ones count from the end; undefined means all. */
export type Axes = number | readonly number[] | undefined;

/**
 * Axes counted from the front, ascending. What does not fit is left as it is, for the shape rule to refuse:
 * only there is the op known.
 */
export function axesOf(shape: Shape, axes: Axes): number[] {
  if (axes === undefined) return [...shape.keys()];
  const list = typeof axes === "number" ? [axes] : axes;
  return list.map((axis) => axisOf(shape, axis)).sort((a, b) => a - b);
}

/** One axis counted from the front; what does not fit is left for the shape rule to refuse. */
export function axisOf(shape: Shape, axis: number): number {
  return axis < 0 && axis >= -shape.length ? axis + shape.length : axis;
}

/** Refuses an axis that the shape does not have. */
export function requireAxis(shape: Shape, axis: number): void {
  if (Number.isInteger(axis) && axis >= 0 && axis < shape.length) return;
  const range =
    shape.length === 0 ? "a scalar has none" : `it has the axes 0 to ${shape.length - 1}, or -1 from the end`;
  refuse(`there is no axis ${axis} in shape ${formatShape(shape)}; ${range}`);
}

/** Refuses axes that the shape does not have, or that are named twice. */
export function requireAxes(shape: Shape, axes: readonly number[]): void {
  for (const [k, axis] of axes.entries()) {
    requireAxis(shape, axis);
    if (axes.indexOf(axis) !== k) refuse(`axis ${axis} is named twice in [${axes.join(", ")}]; name it once`);
  }
}

/** The shape with the given axes of size 1. */
export function keptShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
}

/** The shape without the given axes. */
export function droppedShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.filter((_, axis) => !axes.includes(axis));
}
