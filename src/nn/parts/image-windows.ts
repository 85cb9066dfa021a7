import { imageOf, type Pair, pairOf } from "../../graph/ops/windows.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { ConfigOf } from "../../schema/field.ts";
import type { LayerContext } from "../layer.ts";
import type { imageWindowFields } from "./convolution-fields.ts";
import { requireImages } from "./require-images.ts";
import { requireKernelFits } from "./require-window-fits.ts";

export interface ImageWindows {
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: "same" | "valid";
  readonly dilation: Pair;
}

/** The windows of a convolution over x: (B, H, W, C); refuses what is no image and kernels larger than it. */
export function imageWindowsOf(
  { kernelSize, strides, padding, dilation }: ConfigOf<typeof imageWindowFields>,
  x: Tensor,
  context: LayerContext,
): ImageWindows {
  requireImages(x, context);
  const windows = { size: pairOf(kernelSize), strides: pairOf(strides), padding, dilation: pairOf(dilation) };
  requireKernelFits({ ...windows, input: imageOf(x.shape) }, context);
  return windows;
}
