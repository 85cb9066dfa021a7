import type { PoolOptions } from "../../graph/ops/pooling.ts";
import type { Pool1dOptions } from "../../graph/ops/pooling1d.ts";
import { imageOf, pairOf } from "../../graph/ops/windows.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { ConfigOf } from "../../schema/field.ts";
import type { LayerContext } from "../layer.ts";
import type { imagePoolingFields, sequencePoolingFields } from "./pooling-fields.ts";
import { requireImages } from "./require-images.ts";
import { requireSequence } from "./require-sequence.ts";
import { requirePoolFits } from "./require-window-fits.ts";

/** What the pooling of x: (B, H, W, C) is asked for; refuses what does not fit. */
export function imagePoolingOf(
  { poolSize, strides, padding }: ConfigOf<typeof imagePoolingFields>,
  x: Tensor,
  context: LayerContext,
): PoolOptions {
  requireImages(x, context);
  const size = pairOf(poolSize);
  requirePoolFits({ input: imageOf(x.shape), size, dilation: [1, 1], padding }, context);
  return { size, strides: strides === "auto" ? size : strides, padding };
}

/** What the pooling of x: (B, T, C) is asked for; refuses what does not fit. */
export function sequencePoolingOf(
  { poolSize, strides, padding }: ConfigOf<typeof sequencePoolingFields>,
  x: Tensor,
  context: LayerContext,
): Pool1dOptions {
  requireSequence(x, context, { imageSteps: "pixels" });
  requirePoolFits({ input: x.shape.slice(1, 2), size: [poolSize], dilation: [1], padding }, context);
  return { size: poolSize, strides: strides === "auto" ? poolSize : strides, padding };
}
