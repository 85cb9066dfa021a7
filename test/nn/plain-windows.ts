import { NdArray } from "../../src/graph/nd-array.ts";

// Convolution and pooling as their formulas stand in textbooks, for tests of the layers. Channels last.

/** Whole numbers from −5 to 5 in no particular order: sums of their products are exact in every precision. */
export function wholeNumbers(shape: readonly number[], offset = 0): NdArray {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  return new NdArray(
    shape,
    Array.from({ length: size }, (_, k) => (((k + offset) * 7 + Math.floor(k / 5)) % 11) - 5),
  );
}

/** The element of a 4-D array; 0 outside of the image, as zero padding has it. */
export function pixel({ shape, data }: NdArray, n: number, h: number, w: number, c: number): number {
  const [, height, width, channels] = shape as [number, number, number, number];
  if (h < 0 || h >= height || w < 0 || w >= width) return 0;
  return data[((n * height + h) * width + w) * channels + c] as number;
}

/** Pixels before the input, by TensorFlow's rule for "same": the smaller half of what the last window lacks. */
export function before(size: number, kernel: number, stride: number, dilation: number): number {
  const outputs = Math.ceil(size / stride);
  const lacking = Math.max((outputs - 1) * stride + (kernel - 1) * dilation + 1 - size, 0);
  return Math.floor(lacking / 2);
}

/** An image made pixel by pixel. */
export function image(
  shape: readonly [number, number, number, number],
  value: (n: number, h: number, w: number, c: number) => number,
): NdArray {
  const [batch, height, width, channels] = shape;
  const data: number[] = [];
  for (let n = 0; n < batch; n++) {
    for (let h = 0; h < height; h++) {
      for (let w = 0; w < width; w++) for (let c = 0; c < channels; c++) data.push(value(n, h, w, c));
    }
  }
  return new NdArray(shape, data);
}

/** Σ over a kernel of the given height and width. */
export function overKernel(size: readonly [number, number], value: (kh: number, kw: number) => number): number {
  let sum = 0;
  for (let kh = 0; kh < size[0]; kh++) for (let kw = 0; kw < size[1]; kw++) sum += value(kh, kw);
  return sum;
}
