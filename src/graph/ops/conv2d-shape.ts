import { refuse } from "../op.ts";
import { formatShape, type Shape, type TensorType } from "../tensor.ts";
import { imageOf, type Pair, requireImages, requireWindows, type Windows, windowCounts } from "./windows.ts";

/** What convolution and its two gradients have in common. */
export interface ConvolutionAttrs extends Omit<Windows, "size"> {
  /** Parts of the channels that are convolved apart. */
  readonly groups: number;
}

/** All sizes of a convolution x → y, from which its kernels, its gradients and its reference are made. */
export interface Convolution extends Windows {
  readonly batch: number;
  /** Height and width of x. */
  readonly image: Pair;
  /** Height and width of y. */
  readonly output: Pair;
  readonly groups: number;
  /** Channels of x and of y, in one group. */
  readonly inputs: number;
  readonly outputs: number;
}

/** Shape of x: (N, H, W, Cin). */
export function inputShape({ batch, image, groups, inputs }: Convolution): Shape {
  return [batch, ...image, groups * inputs];
}

/** Shape of w: (KH, KW, Cin / groups, Cout). */
export function kernelShape({ size, groups, inputs, outputs }: Convolution): Shape {
  return [...size, inputs, groups * outputs];
}

/** Shape of y: (N, OH, OW, Cout). */
export function outputShape({ batch, output, groups, outputs }: Convolution): Shape {
  return [batch, ...output, groups * outputs];
}

/** The convolution of types that fit together; refuses others. */
export function forwardOf(x: TensorType, w: TensorType, attrs: ConvolutionAttrs): Convolution {
  requireImages("x", x);
  requireKernel(w);
  const [, , inputs, channels] = w.shape as [number, number, number, number];
  const outputs = channelsOfGroup("the kernel's output channels", channels, attrs.groups);
  if (channelsOfGroup("the input's channels", x.shape[3] as number, attrs.groups) !== inputs) {
    refuse(
      `the input has ${perGroup(x.shape[3] as number, attrs.groups)}, the kernel ${formatShape(w.shape)} takes ${inputs}; ` +
        "give a kernel of shape (height, width, input channels / groups, output channels)",
    );
  }
  return fit({
    ...attrs,
    batch: x.shape[0] as number,
    image: imageOf(x.shape),
    size: sizeOfKernel(w),
    inputs,
    outputs,
  });
}

/** The convolution whose input of the given height and width has the gradient dx = f(dy, w); refuses what does not fit. */
export function inputGradientOf(dy: TensorType, w: TensorType, attrs: ConvolutionAttrs, image: Pair): Convolution {
  requireImages("dy", dy);
  requireKernel(w);
  const [, , inputs, channels] = w.shape as [number, number, number, number];
  if (dy.shape[3] !== channels) {
    refuse(
      `dy has ${dy.shape[3]} channels, the last dimension of the kernel ${formatShape(w.shape)} is ${channels}; ` +
        "give a kernel with as many",
    );
  }
  const outputs = channelsOfGroup("dy's channels", channels, attrs.groups);
  const convolution = fit({ ...attrs, batch: dy.shape[0] as number, image, size: sizeOfKernel(w), inputs, outputs });
  return requireOutput(convolution, dy);
}

/** The convolution whose kernel of the given height and width has the gradient dw = f(x, dy); refuses what does not fit. */
export function weightGradientOf(x: TensorType, dy: TensorType, attrs: ConvolutionAttrs, size: Pair): Convolution {
  requireImages("x", x);
  requireImages("dy", dy);
  const inputs = channelsOfGroup("the input's channels", x.shape[3] as number, attrs.groups);
  const outputs = channelsOfGroup("dy's channels", dy.shape[3] as number, attrs.groups);
  if (x.shape[0] !== dy.shape[0]) {
    refuse(`x has the batch ${x.shape[0]}, dy ${dy.shape[0]}; give the dy of the same batch`);
  }
  const convolution = fit({ ...attrs, batch: x.shape[0] as number, image: imageOf(x.shape), size, inputs, outputs });
  return requireOutput(convolution, dy);
}

function fit(sizes: Omit<Convolution, "output">): Convolution {
  requireWindows("kernel", sizes.image, sizes);
  return { ...sizes, output: windowCounts(sizes.image, sizes) };
}

function requireOutput(convolution: Convolution, dy: TensorType): Convolution {
  const [height, width] = convolution.output;
  if (dy.shape[1] === height && dy.shape[2] === width) return convolution;
  return refuse(
    `dy is ${dy.shape[1]}×${dy.shape[2]}, but the convolution of a ${convolution.image.join("×")} input is ` +
      `${height}×${width}; give its dy, or to a transposed convolution an output padding less than the stride`,
  );
}

function requireKernel({ shape, dtype }: TensorType): void {
  if (dtype !== "f32") refuse(`the kernel is ${dtype}; cast it to f32`);
  if (shape.length === 4 && !shape.includes(0)) return;
  refuse(
    `the kernel has the shape ${formatShape(shape)}; give four dimensions of at least 1: ` +
      "height, width, input channels / groups, output channels",
  );
}

function sizeOfKernel({ shape }: TensorType): Pair {
  return [shape[0] as number, shape[1] as number];
}

function channelsOfGroup(what: string, channels: number, groups: number): number {
  if (!Number.isInteger(groups) || groups < 1) refuse(`${groups} groups; give a whole number of at least 1`);
  if (channels % groups === 0) return channels / groups;
  return refuse(`${what}, ${channels}, do not divide by ${groups} groups; change one of the two`);
}

function perGroup(channels: number, groups: number): string {
  return groups === 1 ? `${channels} channels` : `${channels} channels in ${groups} groups, ${channels / groups} each`;
}

/** Multiplications and additions of the convolution or of either gradient. */
export function convolutionFlops({ batch, output, size, groups, inputs, outputs }: Convolution): number {
  return 2 * batch * output[0] * output[1] * size[0] * size[1] * groups * inputs * outputs;
}
