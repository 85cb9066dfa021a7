import { globalAveragePool } from "../../graph/ops/global-pool.ts";
import { defineLayer } from "../layer.ts";
import { requireImagesOrSequence } from "../parts/require-images-or-sequence.ts";

export const globalAveragePoolingLayer = defineLayer({
  kind: "GlobalAveragePooling",
  family: "pooling",
  help: {
    en: "The mean of each channel over all pixels or steps.",
    zh: "对每个通道，取所有像素或时间步上的平均值。",
  },
  fields: {},
  build: (_, [x], context) => {
    requireImagesOrSequence(x, context);
    return globalAveragePool(x);
  },
});
