import type { Tensor } from "../../graph/tensor.ts";
import type { LayerContext } from "../layer.ts";
import { requireImages } from "./require-images.ts";
import { requireNumbers } from "./require-numbers.ts";
import { sampleShape } from "./sample-shape.ts";

/** Refuses what has no positions to pool over: what is not f32 (B, T, C) or (B, H, W, C). */
export function requireImagesOrSequence(x: Tensor, context: Pick<LayerContext, "refuse">): void {
  requireNumbers(x, context);
  if (x.shape.length > 3) requireImages(x, context);
  if (x.shape.length >= 3) return;
  const shape = sampleShape(x);
  context.refuse(
    {
      en: `it pools over the pixels of images or the steps of sequences, but the input has the shape ${shape}; remove the layer`,
      zh: `对图像的像素或序列的时间步做池化，但输入的形状是 ${shape}；请移除该层`,
    },
    { kind: "remove" },
  );
}
