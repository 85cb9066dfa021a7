import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { batchNormalization } from "../parts/batch-normalization.ts";
import { epsilonField } from "../parts/epsilon-field.ts";
import { requireChannels } from "../parts/require-channels.ts";

/** (x - mean) / √(variance + epsilon) · scale + shift, one mean and variance a channel: (B, …, C) → (B, …, C). */
export const batchNormLayer = defineLayer({
  kind: "BatchNorm",
  family: "normalization",
  help: {
    en: "Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it; evaluates with running averages.",
    zh: "在整个批量上把每个通道归一化为均值 0、方差 1，再缩放和平移；评估时使用滑动平均的统计量。",
  },
  fields: {
    momentum: number({
      label: { en: "Momentum", zh: "动量" },
      help: {
        en: "Share of each batch in the running averages, as in PyTorch; Keras counts the rest, 1 − momentum.",
        zh: "每个批量在滑动平均中所占的比例，与 PyTorch 相同；Keras 的动量等于 1 减去该值。",
      },
      min: 0,
      max: 1,
      default: 0.1,
    }),
    epsilon: epsilonField,
  },
  build(config, [x], context) {
    requireChannels(x, context);
    return batchNormalization(x, config, context);
  },
});
