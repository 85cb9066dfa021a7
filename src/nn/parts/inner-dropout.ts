import { dropout } from "../../graph/ops/dropout.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { number } from "../../schema/field.ts";
import type { LayerContext } from "../layer.ts";

/** The share of values that a layer with a field "dropout" sets to 0 in training. */
export const dropoutField = number({
  label: { en: "Dropout", zh: "随机失活率" },
  help: {
    en: "Share of the values set to 0 at random while training, against overfitting.",
    zh: "训练时随机置 0 的数值所占比例，用于防止过拟合。",
  },
  min: 0,
  max: 0.95,
  default: 0,
  live: true,
});

/** x with the layer's live "dropout" in training, else x itself; each `purpose` draws its own mask. */
export function droppedOut(x: Tensor, purpose: string, context: LayerContext): Tensor {
  return context.training ? dropout(x, context.live("dropout"), context.key(purpose)) : x;
}
