import { flip } from "../../graph/ops/flip.ts";
import { less } from "../../graph/ops/less.ts";
import { randomUniform } from "../../graph/ops/random-uniform.ts";
import { where } from "../../graph/ops/where.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { choice } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";

/** Images (B, H, W, C): each sample, and each direction, is flipped with probability 1/2. */
export const randomFlipLayer = defineLayer({
  kind: "RandomFlip",
  family: "augmentation",
  help: {
    en: "In training, mirrors half of the images, chosen at random.",
    zh: "训练时随机选出一半的图像做镜像翻转。",
  },
  fields: {
    mode: choice({
      label: { en: "Mode", zh: "方式" },
      help: {
        en: "Left to right (horizontal), upside down (vertical), or each of them by itself (both).",
        zh: "左右翻转（horizontal）、上下翻转（vertical），或两者各自独立进行（both）。",
      },
      options: ["horizontal", "vertical", "both"],
      words: {
        horizontal: { en: "horizontal", zh: "水平" },
        vertical: { en: "vertical", zh: "垂直" },
        both: { en: "both", zh: "两者" },
      },
      default: "horizontal",
    }),
  },
  build({ mode }, [x], context) {
    requireImages(x, context);
    if (!context.training) return x;
    const flipped = (images: Tensor, direction: "horizontal" | "vertical") => {
      const draw = randomUniform([x.shape[0] as number, 1, 1, 1], context.key(direction));
      return where(less(draw, 0.5), flip(images, direction === "horizontal" ? 2 : 1), images);
    };
    const sideways = mode === "vertical" ? x : flipped(x, "horizontal");
    return mode === "horizontal" ? sideways : flipped(sideways, "vertical");
  },
});
