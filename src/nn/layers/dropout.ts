import { dropout } from "../../graph/ops/dropout.ts";
import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireNumbers } from "../parts/require-numbers.ts";

/**
 * Inverted dropout. Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout: a simple way to prevent
 * neural networks from overfitting" (2014).
 */
export const dropoutLayer = defineLayer({
  kind: "Dropout",
  family: "regularization",
  help: {
    en: "In training, sets a random part of the values to 0 and scales the others up, so that the mean stays.",
    zh: "训练时随机把一部分值置为 0，并放大其余的值，使均值保持不变。",
  },
  fields: {
    rate: number({
      label: { en: "Rate", zh: "丢弃率" },
      help: { en: "Probability with which a value is set to 0.", zh: "每个值被置为 0 的概率。" },
      min: 0,
      max: 0.99,
      default: 0.5,
      live: true,
    }),
  },
  build(_, [x], context) {
    requireNumbers(x, context);
    return context.training ? dropout(x, context.live("rate"), context.key()) : x;
  },
});
