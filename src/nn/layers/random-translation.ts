import { mul } from "../../graph/ops/mul.ts";
import { randomUniform } from "../../graph/ops/random-uniform.ts";
import { number } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";
import { sampleImage } from "../parts/sample-image.ts";

/** Images (B, H, W, C): each sample is moved by a part of its height and of its width, both drawn by themselves. */
export const randomTranslationLayer = defineLayer({
  kind: "RandomTranslation",
  family: "augmentation",
  help: {
    en: "In training, moves each image by a random distance; what comes in from outside is 0.",
    zh: "训练时把每幅图像随机平移一段距离；移入的空白处填 0。",
  },
  fields: {
    fraction: number({
      label: { en: "Fraction", zh: "比例" },
      help: {
        en: "Farthest move, as a part of the height and of the width.",
        zh: "最大平移量，以图像高和宽的比例表示。",
      },
      min: 0,
      max: 1,
      default: 0.1,
      live: true,
    }),
  },
  build(_, [x], context) {
    requireImages(x, context);
    if (!context.training) return x;
    const [batch, height, width] = x.shape as [number, number, number, number];
    const fraction = context.live("fraction");
    const shift = (direction: "vertical" | "horizontal", size: number) =>
      mul(mul(randomUniform([batch, 1, 1, 1, 1], context.key(direction), -1, 1), fraction), size);
    return sampleImage(x, {
      rows: [1, 0, shift("vertical", height)],
      columns: [0, 1, shift("horizontal", width)],
    });
  },
});
