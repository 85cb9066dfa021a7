import { averagePool2d } from "../../graph/ops/average-pool2d.ts";
import { defineLayer } from "../layer.ts";
import { imagePoolingOf } from "../parts/pooling.ts";
import { imagePoolingFields } from "../parts/pooling-fields.ts";

export const averagePooling2dLayer = defineLayer({
  kind: "AveragePooling2D",
  family: "pooling",
  help: {
    en: "The mean of each window of pixels, channel by channel.",
    zh: "逐通道取图像每个窗口中的平均值。",
  },
  fields: imagePoolingFields,
  build: (config, [x], context) => averagePool2d(x, imagePoolingOf(config, x, context)),
});
