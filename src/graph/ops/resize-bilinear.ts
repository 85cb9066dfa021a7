import gradientSource from "../../../shaders/resize-bilinear-gradient.wgsl?raw";
import { linearGrid } from "../codegen/grid.ts";
import { NdArray } from "../nd-array.ts";
import { apply, type Op, type PointwiseContext } from "../op.ts";
import { type Shape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { type ResizeAttrs, type ResizeGradientAttrs, resizeConstants, resizedShape, unresizedShape } from "./resize.ts";
import { imageOf, type Pair } from "./windows.ts";

/**
 * Images resized to another height and width, each pixel mixed from the four about it. Pixel centres lie at halves, as
 * in PyTorch (alignCorners false) and TensorFlow 2: output row oh lies at (oh + ½)·H / OH − ½ in x, but not before 0;
 * rows past the last repeat it. There is no smoothing when images shrink.
 * x: (N, H, W, C); gives (N, ...size, C). dx gathers dy by the same weights.
 */
export function resizeBilinear(x: Tensor, size: Pair): Tensor {
  return apply(resizeBilinearOp, [x], { size });
}

export const resizeBilinearOp: Op<ResizeAttrs> = {
  name: "resizeBilinear",
  infer: ([x], attrs) => ({ shape: resizedShape(x as TensorType, attrs), dtype: "f32" }),
  reference: ([x], attrs) => {
    const { shape } = x as NdArray;
    const y = NdArray.zeros(resizedShape(x as NdArray, attrs));
    forEachShare(shape, attrs, (xAt, yAt, share) => {
      y.data[yAt] = y.at(yAt) + share * (x as NdArray).at(xAt);
    });
    return y;
  },
  kernel: { kind: "pointwise", emit: emitBilinear },
  gradient: ([dy], { inputs: [x], attrs }) => [
    dy && apply(resizeBilinearGradientOp, [dy], { ...attrs, image: imageOf((x as Tensor).shape) }),
  ],
  flops: ({ outputs: [y] }) => 8 * sizeOf((y as Tensor).shape),
};

/** dx of `resizeBilinear`, from dy: (N, ...size, C); gives (N, H, W, C). */
export const resizeBilinearGradientOp: Op<ResizeGradientAttrs> = {
  name: "resizeBilinearGradient",
  infer: ([dy], attrs) => ({ shape: unresizedShape(dy as TensorType, attrs), dtype: "f32" }),
  reference: ([dy], attrs) => {
    const dx = NdArray.zeros(unresizedShape(dy as NdArray, attrs));
    forEachShare(dx.shape, attrs, (xAt, yAt, share) => {
      dx.data[xAt] = dx.at(xAt) + share * (dy as NdArray).at(yAt);
    });
    return dx;
  },
  kernel: {
    kind: "shader",
    select: ({ outputs: [dx], attrs }, adapter) => ({
      variant: "gather",
      source: gradientSource,
      constants: resizeConstants((dx as Tensor).shape, attrs),
      tensors: ["dy", "dx"],
      workgroups: linearGrid(Math.ceil(sizeOf((dx as Tensor).shape) / 64), adapter),
    }),
  },
  gradient: ([ddx], { attrs: { size } }) => [ddx && apply(resizeBilinearOp, [ddx], { size })],
  flops: ({ inputs: [dy] }) => 8 * sizeOf((dy as Tensor).shape),
};

/**
 * The position ((2·to + 1)·H − OH) / (2·OH) is divided in whole numbers, so that its floor is exact; an axis that keeps
 * its size is not mixed.
 */
function emitBilinear({ attrs: { size }, call, at, input, bind }: PointwiseContext<ResizeAttrs>): string {
  const image = imageOf((call.inputs[0] as Tensor).shape);
  const [n, , , channel] = at.coords as [string, string, string, string];
  const along = (axis: 0 | 1) => {
    const to = at.coords[axis + 1] as string;
    const [before, after] = [image[axis], size[axis]];
    if (before === after) return undefined;
    const place = bind("u32", `u32(max((2 * i32(${to}) + 1) * ${before} - ${after}, 0))`);
    const first = bind("u32", `${place} / ${2 * after}u`);
    const second = bind("u32", `min(${first} + 1u, ${before - 1}u)`);
    const share = bind("f32", `f32(${place} % ${2 * after}u) / ${2 * after}.0`);
    return { first, second, share };
  };
  const rows = along(0);
  const columns = along(1);
  // Where a pixel takes all from its first neighbour, a NaN or infinity in the second does not matter.
  const mix = (value: (position: string) => string, { first, second, share }: Neighbours) => {
    const [a, b] = [bind("f32", value(first)), bind("f32", value(second))];
    return `select((1.0 - ${share}) * ${a} + ${share} * ${b}, ${a}, ${share} == 0.0)`;
  };
  const rowAt = (row: string) => {
    const pixel = (column: string) => input(0, [n, row, column, channel]);
    return columns === undefined ? pixel(at.coords[2] as string) : mix(pixel, columns);
  };
  return rows === undefined ? rowAt(at.coords[1] as string) : mix(rowAt, rows);
}

interface Neighbours {
  readonly first: string;
  readonly second: string;
  readonly share: string;
}

/** Visits every pixel of x that a pixel of the resized images is mixed from, with both positions and its share. */
function forEachShare(
  shape: Shape,
  { size }: ResizeAttrs,
  visit: (xAt: number, yAt: number, share: number) => void,
): void {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  for (let n = 0; n < batch; n++) {
    for (let oh = 0; oh < size[0]; oh++) {
      for (let ow = 0; ow < size[1]; ow++) {
        for (const [h, shareH] of neighbours(oh, height, size[0])) {
          for (const [w, shareW] of neighbours(ow, width, size[1])) {
            const from = ((n * height + h) * width + w) * channels;
            const to = ((n * size[0] + oh) * size[1] + ow) * channels;
            for (let c = 0; c < channels; c++) visit(from + c, to + c, shareH * shareW);
          }
        }
      }
    }
  }
}

function neighbours(to: number, before: number, after: number): (readonly [position: number, share: number])[] {
  const position = Math.max(((2 * to + 1) * before - after) / (2 * after), 0);
  const first = Math.floor(position);
  const second = Math.min(first + 1, before - 1);
  const share = position - first;
  return share === 0
    ? [[first, 1]]
    : [
        [first, 1 - share],
        [second, share],
      ];
}
