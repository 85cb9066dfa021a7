import type { AdapterProfile } from "../../gpu/device.ts";
import { linearGrid } from "../codegen/grid.ts";
import { refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import {
  type Edges,
  edgesOf,
  imageOf,
  type Padding,
  type Pair,
  pairOf,
  requireImages,
  requireWindows,
  windowCounts,
} from "./windows.ts";

export interface PoolOptions {
  /** Height and width of a window. */
  readonly size: number | Pair;
  /** Pixels from one window to the next; default: the size, so that windows neither overlap nor leave gaps. */
  readonly strides?: number | Pair;
  /** Default "valid". "same" puts the extra pixel of an odd padding at the end, as TensorFlow and Keras do. */
  readonly padding?: Padding;
  /** Whether a last window that starts inside the padded input, but ends outside of it, is pooled too; default false. */
  readonly ceilMode?: boolean;
}

/** What poolings have in common. */
export interface PoolAttrs {
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: Edges;
  readonly ceilMode: boolean;
}

/** Of the gradient of a pooling: the height and width of its input too. */
export interface UnpoolAttrs extends PoolAttrs {
  readonly image: Pair;
}

export function poolAttrsOf(x: Tensor, options: PoolOptions): PoolAttrs {
  const size = pairOf(options.size);
  const strides = pairOf(options.strides ?? size);
  const padding = edgesOf(options.padding ?? "valid", imageOf(x.shape), { size, strides, dilation: [1, 1] });
  return { size, strides, padding, ceilMode: options.ceilMode ?? false };
}

/** The shape rule: (N, H, W, C) gives (N, OH, OW, C). */
export function poolShape(x: TensorType, attrs: PoolAttrs): Shape {
  requireImages("x", x);
  const image = imageOf(x.shape);
  requireWindows("window", image, { ...attrs, dilation: [1, 1] });
  for (const axis of [0, 1] as const) {
    const [before] = attrs.padding[axis];
    const last = (poolCounts(image, attrs)[axis] - 1) * attrs.strides[axis] - before;
    if (before < attrs.size[axis] && last < image[axis]) continue;
    refuse(
      `a window ${attrs.size.join("×")} with padding [[${attrs.padding.join("], [")}]] would lie wholly in the padding ` +
        `of the ${image.join("×")} input; pad less than the window's size`,
    );
  }
  return [x.shape[0] as number, ...poolCounts(image, attrs), x.shape[3] as number];
}

/** Shape of a pooling's input, from that of its output. */
export function unpooledShape({ shape }: TensorType, { image }: UnpoolAttrs): Shape {
  return [shape[0] ?? 0, ...image, shape[3] ?? 0];
}

/** Refuses a dy that is not f32 in the shape of the pooling's output. */
export function requireDy(dy: TensorType, output: Shape): void {
  if (dy.dtype === "f32" && sameShape(dy.shape, output)) return;
  refuse(
    `dy is ${dy.dtype} of shape ${formatShape(dy.shape)}; give that of the pooling, f32 of shape ${formatShape(output)}`,
  );
}

/** Windows along each axis. As in PyTorch, one that ceil mode adds must start inside the input or its first padding. */
export function poolCounts(image: Pair, attrs: PoolAttrs): Pair {
  const { strides, padding, ceilMode } = attrs;
  const whole = windowCounts(image, { ...attrs, dilation: [1, 1] });
  if (!ceilMode || whole.some((windows) => windows < 1)) return whole;
  const count = (axis: 0 | 1) => {
    const rest =
      image[axis] + padding[axis][0] + padding[axis][1] - attrs.size[axis] - (whole[axis] - 1) * strides[axis];
    const isInside = whole[axis] * strides[axis] < image[axis] + padding[axis][0];
    return whole[axis] + (rest > 0 && isInside ? 1 : 0);
  };
  return [count(0), count(1)];
}

/**
 * Visits every pixel of every window that lies in the input (N, H, W, C), window by window in row-major order: its
 * position, that of the window in the output, and its place in the window, row · width + column.
 */
export function forEachPooledPixel(
  shape: Shape,
  attrs: PoolAttrs,
  visit: (xAt: number, yAt: number, place: number) => void,
): void {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const { size, strides, padding } = attrs;
  const [rows, columns] = poolCounts([height, width], attrs);
  for (let n = 0; n < batch; n++) {
    for (let oh = 0; oh < rows; oh++) {
      for (let ow = 0; ow < columns; ow++) {
        for (let place = 0; place < size[0] * size[1]; place++) {
          const h = oh * strides[0] - padding[0][0] + Math.floor(place / size[1]);
          const w = ow * strides[1] - padding[1][0] + (place % size[1]);
          if (h < 0 || h >= height || w < 0 || w >= width) continue;
          const from = ((n * height + h) * width + w) * channels;
          const to = ((n * rows + oh) * columns + ow) * channels;
          for (let c = 0; c < channels; c++) visit(from + c, to + c, place);
        }
      }
    }
  }
}

/** The `override` constants of the pooling shaders, from the shape of the pooling's input. */
export function poolConstants(shape: Shape, attrs: PoolAttrs): Record<string, number> {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const [rows, columns] = poolCounts([height, width], attrs);
  return {
    BATCH: batch,
    IMAGE_H: height,
    IMAGE_W: width,
    CHANNELS: channels,
    OUTPUT_H: rows,
    OUTPUT_W: columns,
    SIZE_H: attrs.size[0],
    SIZE_W: attrs.size[1],
    STRIDE_H: attrs.strides[0],
    STRIDE_W: attrs.strides[1],
    PADDING_TOP: attrs.padding[0][0],
    PADDING_LEFT: attrs.padding[1][0],
  };
}

/** Workgroups of the pooling shaders: an invocation computes four channels of one pixel of the result. */
export function poolWorkgroups(result: Tensor, adapter: AdapterProfile): readonly [number, number, number] {
  const pixels = sizeOf(result.shape.slice(0, -1));
  return linearGrid(Math.ceil((pixels * Math.ceil((result.shape[3] as number) / 4)) / 64), adapter);
}

/** Whether windows reach outside of the input, by padding or by ceil mode. */
export function hasBorder(shape: Shape, attrs: PoolAttrs): boolean {
  const counts = poolCounts(imageOf(shape), attrs);
  const reaches = (axis: 0 | 1) => {
    const start = (counts[axis] - 1) * attrs.strides[axis] - attrs.padding[axis][0];
    return attrs.padding[axis][0] > 0 || start + attrs.size[axis] > imageOf(shape)[axis];
  };
  return reaches(0) || reaches(1);
}

export function poolFlops(y: Tensor, { size }: PoolAttrs): number {
  return sizeOf(y.shape) * size[0] * size[1];
}
