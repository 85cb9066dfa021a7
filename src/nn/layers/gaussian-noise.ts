import { add } from "../../graph/ops/add.ts";
import { mul } from "../../graph/ops/mul.ts";
import { randomNormal } from "../../graph/ops/random-normal.ts";
import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireNumbers } from "../parts/require-numbers.ts";

export const gaussianNoiseLayer = defineLayer({
  kind: "GaussianNoise",
  family: "regularization",
  help: {
    en: "In training, adds normally distributed noise of mean 0 to every value.",
    zh: "训练时给每个值加上均值为 0 的高斯噪声。",
  },
  fields: {
    deviation: number({
      label: { en: "Standard deviation", zh: "标准差" },
      help: { en: "How strong the noise is; 0 adds none.", zh: "噪声的强度；0 表示不加噪声。" },
      min: 0,
      max: 100,
      default: 0.1,
      live: true,
    }),
  },
  build(_, [x], context) {
    requireNumbers(x, context);
    return context.training ? add(x, mul(randomNormal(x.shape, context.key()), context.live("deviation"))) : x;
  },
});
