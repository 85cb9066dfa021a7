import { refuse } from "../op.ts";
import { formatShape, type Shape, type TensorType } from "../tensor.ts";

/** One number for the height and one for the width. */
export type Pair = readonly [height: number, width: number];

/** Extra pixels before and after, for the height and for the width. */
export type Edges = readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/**
 * - "valid": none.
 * - "same": as many as make the output ⌈size / stride⌉; of an odd number the extra pixel stands at the end, as in
 *   TensorFlow and Keras.
 * - explicit edges: [[top, bottom], [left, right]].
 */
export type Padding = "same" | "valid" | Edges;

/** Windows that slide over an image. */
export interface Windows {
  /** Pixels a window reads. */
  readonly size: Pair;
  /** Pixels between two windows. */
  readonly strides: Pair;
  readonly padding: Edges;
  /** Pixels between two taps of a window; 1: side by side. */
  readonly dilation: Pair;
}

/** A number for both directions, or one each. */
export function pairOf(value: number | Pair): Pair {
  return typeof value === "number" ? [value, value] : value;
}

/** Pixels from a window's first tap to its last, both counted. */
export function extentOf(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/** The edges that a padding means for an image of that height and width. */
export function edgesOf(padding: Padding, image: Pair, windows: Omit<Windows, "padding">): Edges {
  if (padding === "valid")
    return [
      [0, 0],
      [0, 0],
    ];
  if (padding !== "same") return padding;
  const edge = (axis: 0 | 1): Pair => {
    const extent = extentOf(windows.size[axis], windows.dilation[axis]);
    const stride = windows.strides[axis];
    const total = Math.max((Math.ceil(image[axis] / stride) - 1) * stride + extent - image[axis], 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [edge(0), edge(1)];
}

/** How many whole windows fit along each axis of the padded image; 0 or less where none does. */
export function windowCounts(image: Pair, { size, strides, padding, dilation }: Windows): Pair {
  const count = (axis: 0 | 1) => {
    const padded = image[axis] + padding[axis][0] + padding[axis][1];
    return Math.floor((padded - extentOf(size[axis], dilation[axis])) / strides[axis]) + 1;
  };
  return [count(0), count(1)];
}

/** Height and width of an NHWC shape. */
export function imageOf(shape: Shape): Pair {
  return [shape[1] ?? 0, shape[2] ?? 0];
}

/** Refuses what is not an f32 tensor (N, H, W, C) with at least one pixel and one channel. */
export function requireImages(name: string, { shape, dtype }: TensorType): void {
  if (dtype !== "f32") refuse(`${name} is ${dtype}; cast it to f32`);
  if (shape.length !== 4) {
    refuse(`${name} has the shape ${formatShape(shape)}; give four dimensions: batch, height, width, channels`);
  }
  if (shape.slice(1).includes(0)) refuse(`${name} has the shape ${formatShape(shape)}; only the batch may be empty`);
}

/** Refuses strides, dilations and edges that make no sense, and windows larger than the padded image. */
export function requireWindows(name: string, image: Pair, windows: Windows): void {
  const { size, strides, padding, dilation } = windows;
  requireWhole(`the ${name} size`, size, 1);
  requireWhole("the strides", strides, 1);
  requireWhole("the dilation", dilation, 1);
  requireWhole("the padding", padding.flat(), 0);
  if (windowCounts(image, windows).every((count) => count > 0)) return;
  const dilated = dilation.some((step) => step > 1) ? ` with dilation ${dilation.join("×")}` : "";
  const padded = padding.flat().some((pixels) => pixels > 0) ? ` with padding [[${padding.join("], [")}]]` : "";
  refuse(
    `${name} ${size.join("×")}${dilated} does not fit the ${image.join("×")} input${padded}; ` +
      `use padding "same" or a smaller ${name}`,
  );
}

function requireWhole(what: string, values: readonly number[], least: number): void {
  if (values.every((value) => Number.isInteger(value) && value >= least)) return;
  refuse(`${what} [${values.join(", ")}] must be whole numbers of at least ${least}`);
}
