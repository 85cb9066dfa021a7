import { defineSource } from "../dataset.ts";
import { Random } from "../random.ts";
import { noiseField, samplesField, validationField } from "../source-fields.ts";
import { splitSamples } from "../split.ts";

/** Images (32, 32, 3) of a shape each, of any colour, size and angle, on a patterned ground. */
export const shapesSource = defineSource({
  kind: "shapes",
  task: "classification",
  label: { en: "Shapes", zh: "彩色图形" },
  help: {
    en: "Ten shapes in colour on patterned grounds, turned, shifted and partly hidden.",
    zh: "花纹背景上的十种彩色图形，有旋转、平移和局部遮挡。",
  },
  words: {
    image: { en: "image", zh: "图像" },
    shape: { en: "shape", zh: "图形" },
    circle: { en: "circle", zh: "圆" },
    ring: { en: "ring", zh: "圆环" },
    semicircle: { en: "semicircle", zh: "半圆" },
    crescent: { en: "crescent", zh: "月牙" },
    square: { en: "square", zh: "正方形" },
    triangle: { en: "triangle", zh: "三角形" },
    star: { en: "star", zh: "星形" },
    cross: { en: "cross", zh: "十字" },
    arrow: { en: "arrow", zh: "箭头" },
    heart: { en: "heart", zh: "心形" },
  },
  fields: {
    samples: samplesField(10_000, 50_000),
    validation: validationField(0.1),
    noise: noiseField(0.03, {
      en: "Standard deviation of the normal noise added to every colour of a pixel, which go from 0 to 1.",
      zh: "加在每个像素各颜色分量上的正态噪声的标准差；分量取值 0 到 1。",
    }),
  },
  load: async ({ samples, validation, noise }, seed) => {
    const { drawShapes, SHAPE_SIZE } = await import("../draw-shapes.ts");
    const { images, labels, names } = drawShapes(samples, noise, new Random(seed, "shapes"));
    const columns = new Map<string, typeof images | typeof labels>([
      ["image", images],
      ["shape", labels],
    ]);
    return {
      inputs: [{ name: "image", shape: [SHAPE_SIZE, SHAPE_SIZE, 3], dtype: "f32" }],
      target: { name: "shape", shape: [], dtype: "i32", categories: names },
      ...splitSamples(columns, samples, validation, seed),
    };
  },
});
