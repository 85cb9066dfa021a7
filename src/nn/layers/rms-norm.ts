import { rmsNorm } from "../../graph/ops/rms-norm.ts";
import { ones } from "../initializer.ts";
import { defineLayer } from "../layer.ts";
import { epsilonField } from "../parts/epsilon-field.ts";
import { requireChannels } from "../parts/require-channels.ts";

/** x / √(mean(x²) + epsilon) · scale over the last axis: (B, …, C) → (B, …, C). */
export const rmsNormLayer = defineLayer({
  kind: "RMSNorm",
  family: "normalization",
  help: {
    en: "Divides the features of each position by their root mean square, then scales them.",
    zh: "用均方根去除每个位置的特征，再缩放。",
  },
  fields: { epsilon: epsilonField },
  build({ epsilon }, [x], context) {
    requireChannels(x, context);
    return rmsNorm(x, { scale: context.parameter("scale", [x.shape.at(-1) as number], ones), epsilon });
  },
});
