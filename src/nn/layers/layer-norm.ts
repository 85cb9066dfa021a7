import { layerNorm } from "../../graph/ops/layer-norm.ts";
import { defineLayer } from "../layer.ts";
import { epsilonField } from "../parts/epsilon-field.ts";
import { requireChannels } from "../parts/require-channels.ts";
import { scaleAndShift } from "../parts/scale-and-shift.ts";

/** (x - mean) / √(variance + epsilon) · scale + shift over the last axis: (B, …, C) → (B, …, C). */
export const layerNormLayer = defineLayer({
  kind: "LayerNorm",
  family: "normalization",
  help: {
    en: "Brings the features of each position to mean 0 and variance 1, then scales and shifts them.",
    zh: "把每个位置的特征归一化为均值 0、方差 1，再缩放和平移。",
  },
  fields: { epsilon: epsilonField },
  build({ epsilon }, [x], context) {
    requireChannels(x, context);
    return layerNorm(x, { ...scaleAndShift(x.shape.at(-1) as number, context), epsilon });
  },
});
