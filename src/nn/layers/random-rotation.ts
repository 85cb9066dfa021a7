import { cos } from "../../graph/ops/cos.ts";
import { mul } from "../../graph/ops/mul.ts";
import { neg } from "../../graph/ops/neg.ts";
import { randomUniform } from "../../graph/ops/random-uniform.ts";
import { sin } from "../../graph/ops/sin.ts";
import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";
import { sampleImage } from "../parts/sample-image.ts";

/** Images (B, H, W, C): each sample is turned about its middle, by an angle uniform in ± degrees. */
export const randomRotationLayer = defineLayer({
  kind: "RandomRotation",
  family: "augmentation",
  help: {
    en: "In training, turns each image about its middle by a random angle; what comes in from outside is 0.",
    zh: "训练时把每幅图像绕中心随机旋转一个角度；移入的空白处填 0。",
  },
  fields: {
    degrees: number({
      label: { en: "Degrees", zh: "角度" },
      help: { en: "Largest angle, to either side.", zh: "向任一方向的最大旋转角（度）。" },
      min: 0,
      max: 180,
      default: 10,
      live: true,
    }),
  },
  build(_, [x], context) {
    requireImages(x, context);
    if (!context.training) return x;
    const draw = randomUniform([x.shape[0] as number, 1, 1, 1, 1], context.key(), -1, 1);
    const angle = mul(mul(draw, context.live("degrees")), Math.PI / 180);
    const [c, s] = [cos(angle), sin(angle)];
    return sampleImage(x, { rows: [c, s, 0], columns: [neg(s), c, 0] });
  },
});
