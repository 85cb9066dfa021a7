import { constant } from "../../graph/ops/constant.ts";
import { dropout } from "../../graph/ops/dropout.ts";
import { mul } from "../../graph/ops/mul.ts";
import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireNumbers } from "../parts/require-numbers.ts";
import { sampleShape } from "../parts/sample-shape.ts";

/**
 * Dropout of whole channels: neighbouring values of a feature map say nearly the same, so that dropping single ones
 * hides little. Source: Tompson, Goroshin, Jain, LeCun, Bregler, "Efficient object localization using convolutional
 * networks" (2015).
 */
export const spatialDropoutLayer = defineLayer({
  kind: "SpatialDropout",
  family: "regularization",
  help: {
    en: "In training, sets whole channels of an image or sequence to 0 at random and scales the others up.",
    zh: "训练时随机把图像或序列的整个通道置为 0，并放大其余通道。",
  },
  fields: {
    rate: number({
      label: { en: "Rate", zh: "丢弃率" },
      help: { en: "Probability with which a channel is set to 0.", zh: "每个通道被置为 0 的概率。" },
      min: 0,
      max: 0.99,
      default: 0.2,
      live: true,
    }),
  },
  build(_, [x], context) {
    requireNumbers(x, context);
    if (x.shape.length < 3) {
      const shape = sampleShape(x);
      context.refuse(
        {
          en: `its input of shape ${shape} has no positions that share a channel; use Dropout`,
          zh: `它的输入（形状 ${shape}）没有共享通道的空间或时间位置；请改用 Dropout`,
        },
        { kind: "remove" },
      );
    }
    if (!context.training) return x;
    const ofChannels = x.shape.map((size, axis) => (axis === 0 || axis === x.shape.length - 1 ? size : 1));
    return mul(x, dropout(constant(1, ofChannels), context.live("rate"), context.key()));
  },
});
