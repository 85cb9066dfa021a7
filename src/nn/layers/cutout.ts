import { floor } from "../../graph/ops/floor.ts";
import { greaterEqual } from "../../graph/ops/greater-equal.ts";
import { iota } from "../../graph/ops/iota.ts";
import { less } from "../../graph/ops/less.ts";
import { logicalAnd } from "../../graph/ops/logical-and.ts";
import { mul } from "../../graph/ops/mul.ts";
import { randomUniform } from "../../graph/ops/random-uniform.ts";
import { sub } from "../../graph/ops/sub.ts";
import { where } from "../../graph/ops/where.ts";
import { integer } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";

/**
 * Images (B, H, W, C): a square of each sample is 0. Its middle is uniform over the pixels, so that part of it may lie
 * outside. Source: DeVries and Taylor, "Improved regularization of convolutional neural networks with Cutout" (2017).
 */
export const cutoutLayer = defineLayer({
  kind: "Cutout",
  family: "augmentation",
  help: {
    en: "In training, sets a square at a random place of each image to 0.",
    zh: "训练时把每幅图像中随机位置的一个正方形区域置为 0。",
  },
  fields: {
    size: integer({
      label: { en: "Size", zh: "边长" },
      help: { en: "Side of the square, in pixels; 0 cuts nothing out.", zh: "正方形的边长（像素）；0 表示不遮挡。" },
      min: 0,
      max: 4096,
      default: 8,
    }),
  },
  build({ size }, [x], context) {
    requireImages(x, context);
    if (!context.training || size === 0) return x;
    const [batch, height, width] = x.shape as [number, number, number, number];
    const isCut = (axis: 1 | 2, extent: number) => {
      const draw = randomUniform([batch, 1, 1, 1], context.key(axis === 1 ? "row" : "column"));
      const start = sub(floor(mul(draw, extent)), Math.floor(size / 2));
      const offset = sub(iota(axis === 1 ? [height, 1, 1] : [width, 1], "f32", 0), start);
      return logicalAnd(greaterEqual(offset, 0), less(offset, size));
    };
    return where(logicalAnd(isCut(1, height), isCut(2, width)), 0, x);
  },
});
