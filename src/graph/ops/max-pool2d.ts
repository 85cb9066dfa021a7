import source from "../../../shaders/pool-max.wgsl?raw";
import gradientSource from "../../../shaders/pool-max-gradient.wgsl?raw";
import { NdArray } from "../nd-array.ts";
import { apply, applyAll, type Op, type PointwiseContext, refuse } from "../op.ts";
import { formatShape, type Shape, sameShape, type Tensor, type TensorType } from "../tensor.ts";
import {
  forEachPooledPixel,
  hasBorder,
  type PoolAttrs,
  type PoolOptions,
  poolAttrsOf,
  poolConstants,
  poolFlops,
  poolShape,
  poolWorkgroups,
  requireDy,
  type UnpoolAttrs,
  unpooledShape,
} from "./pooling.ts";
import { imageOf } from "./windows.ts";

/**
 * The largest value of each window, channels last; NaN where a window has one. Padding never wins.
 * x: (N, H, W, C); gives (N, OH, OW, C). dx = dy at the first of a window's largest values (as in PyTorch).
 * Refuses windows that do not fit the padded input and windows of padding alone.
 */
export function maxPool2d(x: Tensor, options: PoolOptions): Tensor {
  return applyAll(maxPool2dOp, [x], poolAttrsOf(x, options))[0] as Tensor;
}

/** Outputs: the values, and where each stood in its window (row · width + column), u32, for the gradient. */
export const maxPool2dOp: Op<PoolAttrs> = {
  name: "maxPool2d",
  infer: ([x], attrs) => {
    const shape = poolShape(x as TensorType, attrs);
    return [
      { shape, dtype: "f32" },
      { shape, dtype: "u32" },
    ];
  },
  reference: ([input], attrs) => {
    const x = input as NdArray;
    const y = NdArray.zeros(poolShape(x, attrs));
    const places = NdArray.zeros(y.shape, "u32");
    const isFilled = new Uint8Array(y.data.length);
    forEachPooledPixel(x.shape, attrs, (xAt, yAt, place) => {
      const [value, best] = [x.at(xAt), y.at(yAt)];
      const isBetter = value > best || (Number.isNaN(value) && !Number.isNaN(best));
      if (isFilled[yAt] === 1 && !isBetter) return;
      isFilled[yAt] = 1;
      y.data[yAt] = value;
      places.data[yAt] = place;
    });
    return [y, places];
  },
  kernel: {
    kind: "shader",
    select: ({ inputs: [x], outputs: [y], attrs }, adapter) => ({
      variant: "direct",
      source,
      constants: {
        ...poolConstants((x as Tensor).shape, attrs),
        BORDER: Number(hasBorder((x as Tensor).shape, attrs)),
      },
      tensors: ["x", "y", "places"],
      workgroups: poolWorkgroups(y as Tensor, adapter),
    }),
  },
  gradient: ([dy], { inputs: [x], outputs: [, places], attrs }) => [
    dy && apply(maxPool2dGradientOp, [dy, places as Tensor], { ...attrs, image: imageOf((x as Tensor).shape) }),
  ],
  flops: ({ outputs: [y], attrs }) => poolFlops(y as Tensor, attrs),
};

/**
 * dx of a max pooling, from dy and the places of the largest values, both (N, OH, OW, C); gives (N, H, W, C). Each
 * pixel gathers from the windows it stands in, in a fixed order.
 */
export const maxPool2dGradientOp: Op<UnpoolAttrs> = {
  name: "maxPool2dGradient",
  infer: ([dy, places], attrs) => {
    const shape = unpooledShape(dy as TensorType, attrs);
    const output = poolShape({ shape, dtype: "f32" }, attrs);
    requireDy(dy as TensorType, output);
    requirePlaces(places as TensorType, output);
    return { shape, dtype: "f32" };
  },
  reference: ([dy, places], attrs) => {
    const dx = NdArray.zeros(unpooledShape(dy as NdArray, attrs));
    forEachPooledPixel(dx.shape, attrs, (xAt, yAt, place) => {
      if ((places as NdArray).at(yAt) === place) dx.data[xAt] = dx.at(xAt) + (dy as NdArray).at(yAt);
    });
    return dx;
  },
  kernel: {
    kind: "shader",
    select: ({ outputs: [dx], attrs }, adapter) => ({
      variant: "gather",
      source: gradientSource,
      constants: poolConstants((dx as Tensor).shape, attrs),
      tensors: ["dy", "places", "dx"],
      workgroups: poolWorkgroups(dx as Tensor, adapter),
    }),
  },
  gradient: ([ddx], { inputs: [, places], attrs }) => [
    ddx && apply(maxPool2dSelectOp, [ddx, places as Tensor], poolPart(attrs)),
    undefined,
  ],
  flops: ({ inputs: [dy], attrs }) => poolFlops(dy as Tensor, attrs),
};

/** x at the places of a max pooling's largest values: x (N, H, W, C) and places (N, OH, OW, C) give (N, OH, OW, C). */
export const maxPool2dSelectOp: Op<PoolAttrs> = {
  name: "maxPool2dSelect",
  infer: ([x, places], attrs) => {
    const shape = poolShape(x as TensorType, attrs);
    requirePlaces(places as TensorType, shape);
    return { shape, dtype: "f32" };
  },
  reference: ([x, places], attrs) => {
    const y = NdArray.zeros((places as NdArray).shape);
    forEachPooledPixel((x as NdArray).shape, attrs, (xAt, yAt, place) => {
      if ((places as NdArray).at(yAt) === place) y.data[yAt] = (x as NdArray).at(xAt);
    });
    return y;
  },
  kernel: { kind: "pointwise", emit: emitSelect },
  gradient: ([dy], { inputs: [x, places], attrs }) => [
    dy && apply(maxPool2dGradientOp, [dy, places as Tensor], { ...attrs, image: imageOf((x as Tensor).shape) }),
    undefined,
  ],
};

function emitSelect({ at, attrs, input, bind }: PointwiseContext<PoolAttrs>): string {
  const place = bind("u32", input(1));
  const pixel = (axis: 0 | 1, offset: string) =>
    `(${at.coords[axis + 1]} * ${attrs.strides[axis]}u + ${offset} - ${attrs.padding[axis][0]}u)`;
  const rows = pixel(0, `${place} / ${attrs.size[1]}u`);
  const columns = pixel(1, `${place} % ${attrs.size[1]}u`);
  return input(0, [at.coords[0] as string, rows, columns, at.coords[3] as string]);
}

function requirePlaces(places: TensorType, shape: Shape): void {
  if (places.dtype !== "u32" || !sameShape(places.shape, shape)) {
    refuse(
      `the places are ${places.dtype} of shape ${formatShape(places.shape)}; give those of maxPool2d, u32 of shape ` +
        formatShape(shape),
    );
  }
}

function poolPart({ size, strides, padding, ceilMode }: PoolAttrs): PoolAttrs {
  return { size, strides, padding, ceilMode };
}
