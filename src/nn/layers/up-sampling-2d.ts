import { resizeBilinear } from "../../graph/ops/resize-bilinear.ts";
import { resizeNearest } from "../../graph/ops/resize-nearest.ts";
import { imageOf, type Pair, pairOf } from "../../graph/ops/windows.ts";
import { choice, pair } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";

/** (B, H, W, C) gives (B, H · size, W · size, C). */
export const upSampling2dLayer = defineLayer({
  kind: "UpSampling2D",
  family: "shape",
  help: { en: "Makes images larger by a whole factor.", zh: "把图像放大整数倍。" },
  fields: {
    size: pair({
      label: { en: "Factor", zh: "倍数" },
      help: { en: "How many times as high and as wide the output is.", zh: "输出的高和宽是输入的几倍。" },
      min: 1,
      max: 64,
      default: 2,
    }),
    interpolation: choice({
      label: { en: "Interpolation", zh: "插值方式" },
      help: {
        en: "nearest: each pixel is repeated; bilinear: new pixels are mixed from the four about them.",
        zh: "nearest：重复每个像素；bilinear：新像素由周围四个像素混合而成。",
      },
      options: ["nearest", "bilinear"],
      words: { nearest: { en: "nearest", zh: "最近邻" }, bilinear: { en: "bilinear", zh: "双线性" } },
      default: "nearest",
    }),
  },
  build: ({ size, interpolation }, [x], context) => {
    requireImages(x, context);
    const [rows, columns] = pairOf(size);
    const [height, width] = imageOf(x.shape);
    const larger: Pair = [height * rows, width * columns];
    return interpolation === "nearest" ? resizeNearest(x, larger) : resizeBilinear(x, larger);
  },
});
