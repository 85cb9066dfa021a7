import gradientSource from "../../../shaders/resize-nearest-gradient.wgsl?raw";
import { linearGrid } from "../codegen/grid.ts";
import { NdArray } from "../nd-array.ts";
import { apply, type Op } from "../op.ts";
import { type Shape, sizeOf, type Tensor, type TensorType } from "../tensor.ts";
import { type ResizeAttrs, type ResizeGradientAttrs, resizeConstants, resizedShape, unresizedShape } from "./resize.ts";
import { imageOf, type Pair } from "./windows.ts";

/**
 * Images resized to another height and width, each pixel a copy: y[oh, ow] = x[⌊oh·H / OH⌋, ⌊ow·W / OW⌋], as PyTorch's
 * "nearest", with the division done in whole numbers.
 * x: (N, H, W, C); gives (N, ...size, C). dx gathers dy of the copies.
 */
export function resizeNearest(x: Tensor, size: Pair): Tensor {
  return apply(resizeNearestOp, [x], { size });
}

export const resizeNearestOp: Op<ResizeAttrs> = {
  name: "resizeNearest",
  infer: ([x], attrs) => ({ shape: resizedShape(x as TensorType, attrs), dtype: "f32" }),
  reference: ([x], attrs) => {
    const { shape } = x as NdArray;
    const y = NdArray.zeros(resizedShape(x as NdArray, attrs));
    forEachCopy(shape, attrs, (xAt, yAt) => {
      y.data[yAt] = (x as NdArray).at(xAt);
    });
    return y;
  },
  kernel: {
    kind: "pointwise",
    emit: ({ attrs: { size }, call, at, input }) => {
      const image = imageOf((call.inputs[0] as Tensor).shape);
      const from = ([0, 1] as const).map((axis) => {
        const to = at.coords[axis + 1] as string;
        return size[axis] === image[axis] ? to : `(${to} * ${image[axis]}u / ${size[axis]}u)`;
      });
      return input(0, [at.coords[0] as string, ...from, at.coords[3] as string]);
    },
  },
  gradient: ([dy], { inputs: [x], attrs }) => [
    dy && apply(resizeNearestGradientOp, [dy], { ...attrs, image: imageOf((x as Tensor).shape) }),
  ],
  flops: () => 0,
};

/** dx of `resizeNearest`, from dy: (N, ...size, C); gives (N, H, W, C), each pixel the sum over its copies. */
export const resizeNearestGradientOp: Op<ResizeGradientAttrs> = {
  name: "resizeNearestGradient",
  infer: ([dy], attrs) => ({ shape: unresizedShape(dy as TensorType, attrs), dtype: "f32" }),
  reference: ([dy], attrs) => {
    const dx = NdArray.zeros(unresizedShape(dy as NdArray, attrs));
    forEachCopy(dx.shape, attrs, (xAt, yAt) => {
      dx.data[xAt] = dx.at(xAt) + (dy as NdArray).at(yAt);
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
  gradient: ([ddx], { attrs: { size } }) => [ddx && apply(resizeNearestOp, [ddx], { size })],
  flops: ({ inputs: [dy] }) => sizeOf((dy as Tensor).shape),
};

/** Visits every pixel of the resized images, with the position it is copied from and its own. */
function forEachCopy(shape: Shape, { size }: ResizeAttrs, visit: (xAt: number, yAt: number) => void): void {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  for (let n = 0; n < batch; n++) {
    for (let oh = 0; oh < size[0]; oh++) {
      for (let ow = 0; ow < size[1]; ow++) {
        const h = Math.floor((oh * height) / size[0]);
        const w = Math.floor((ow * width) / size[1]);
        for (let c = 0; c < channels; c++) {
          visit(((n * height + h) * width + w) * channels + c, ((n * size[0] + oh) * size[1] + ow) * channels + c);
        }
      }
    }
  }
}
