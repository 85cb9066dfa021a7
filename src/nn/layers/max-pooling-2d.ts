import { maxPool2d } from "../../graph/ops/max-pool2d.ts";
import { defineLayer } from "../layer.ts";
import { imagePoolingOf } from "../parts/pooling.ts";
import { imagePoolingFields } from "../parts/pooling-fields.ts";

export const maxPooling2dLayer = defineLayer({
  kind: "MaxPooling2D",
  family: "pooling",
  help: {
    en: "The largest value of each window of pixels, channel by channel.",
    zh: "逐通道取图像每个窗口中的最大值。",
  },
  fields: imagePoolingFields,
  build: (config, [x], context) => maxPool2d(x, imagePoolingOf(config, x, context)),
});
