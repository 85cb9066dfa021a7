import { averagePool1d } from "../../graph/ops/average-pool1d.ts";
import { defineLayer } from "../layer.ts";
import { sequencePoolingOf } from "../parts/pooling.ts";
import { sequencePoolingFields } from "../parts/pooling-fields.ts";

export const averagePooling1dLayer = defineLayer({
  kind: "AveragePooling1D",
  family: "pooling",
  help: {
    en: "The mean of each window of steps, channel by channel.",
    zh: "逐通道取序列每个窗口中的平均值。",
  },
  fields: sequencePoolingFields,
  build: (config, [x], context) => averagePool1d(x, sequencePoolingOf(config, x, context)),
});
