import { maxPool1d } from "../../graph/ops/max-pool1d.ts";
import { defineLayer } from "../layer.ts";
import { sequencePoolingOf } from "../parts/pooling.ts";
import { sequencePoolingFields } from "../parts/pooling-fields.ts";

export const maxPooling1dLayer = defineLayer({
  kind: "MaxPooling1D",
  family: "pooling",
  help: {
    en: "The largest value of each window of steps, channel by channel.",
    zh: "逐通道取序列每个窗口中的最大值。",
  },
  fields: sequencePoolingFields,
  build: (config, [x], context) => maxPool1d(x, sequencePoolingOf(config, x, context)),
});
