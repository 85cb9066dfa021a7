import { refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, type TensorType } from "../tensor.ts";
import { imageOf, type Pair, requireImages } from "./windows.ts";

export interface ResizeAttrs {
  /** Height and width of the resized images. */
  readonly size: Pair;
}

/** Of the gradient of a resize: the height and width of its input too. */
export interface ResizeGradientAttrs extends ResizeAttrs {
  readonly image: Pair;
}

/** The shape rule of a resize: (N, H, W, C) gives (N, ...size, C). */
export function resizedShape(x: TensorType, { size }: ResizeAttrs): Shape {
  requireImages("x", x);
  if (size.some((pixels) => !Number.isInteger(pixels) || pixels < 1)) {
    refuse(`the size [${size.join(", ")}] must be whole numbers of at least 1: height, width`);
  }
  return [x.shape[0] as number, ...size, x.shape[3] as number];
}

/** The shape rule of its gradient: dy (N, ...size, C) gives (N, ...image, C). */
export function unresizedShape(dy: TensorType, attrs: ResizeGradientAttrs): Shape {
  const shape = [dy.shape[0] ?? 0, ...attrs.image, dy.shape[3] ?? 0];
  const output = resizedShape({ shape, dtype: dy.dtype }, attrs);
  if (!sameShape(dy.shape, output)) {
    refuse(`dy has the shape ${formatShape(dy.shape)}, the resized images ${formatShape(output)}; give their dy`);
  }
  return shape;
}

/** The `override` constants of the shaders, from the shape before the resize. */
export function resizeConstants(shape: Shape, { size }: ResizeAttrs): Record<string, number> {
  const [height, width] = imageOf(shape);
  return {
    BATCH: shape[0] as number,
    IMAGE_H: height,
    IMAGE_W: width,
    CHANNELS: shape[3] as number,
    OUTPUT_H: size[0],
    OUTPUT_W: size[1],
  };
}
