import { add } from "../../graph/ops/add.ts";
import { mul } from "../../graph/ops/mul.ts";
import { randomUniform } from "../../graph/ops/random-uniform.ts";
import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";
import { sampleImage } from "../parts/sample-image.ts";

/** Images (B, H, W, C): each sample shows 1 − fraction to 1 + fraction of its height and width, about its middle. */
export const randomZoomLayer = defineLayer({
  kind: "RandomZoom",
  family: "augmentation",
  help: {
    en: "In training, brings each image nearer or farther at random; what comes in from outside is 0.",
    zh: "训练时随机放大或缩小每幅图像；移入的空白处填 0。",
  },
  fields: {
    fraction: number({
      label: { en: "Fraction", zh: "比例" },
      help: {
        en: "At 0.2, between 80 % and 120 % of the height and width fill the image.",
        zh: "取 0.2 时，画面中显示原图高和宽的 80% 到 120%。",
      },
      min: 0,
      max: 0.95,
      default: 0.1,
      live: true,
    }),
  },
  build(_, [x], context) {
    requireImages(x, context);
    if (!context.training) return x;
    const draw = randomUniform([x.shape[0] as number, 1, 1, 1, 1], context.key(), -1, 1);
    const shown = add(mul(draw, context.live("fraction")), 1);
    return sampleImage(x, { rows: [shown, 0, 0], columns: [0, shown, 0] });
  },
});
