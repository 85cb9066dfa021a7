import { choice } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { Random } from "../random.ts";
import { noiseField, samplesField, validationField } from "../source-fields.ts";
import { splitSamples } from "../split.ts";

const DIGITS = [..."0123456789"];

/** Images (28, 28, 1) of digits as handwritten, white on black, with their digit or themselves as the target. */
export const glyphDigitsSource = defineSource({
  kind: "glyphDigits",
  task: "classification",
  label: { en: "Glyph digits", zh: "手写风格数字" },
  help: {
    en: "Digits drawn stroke by stroke as by many hands: slanted, warped, thick and thin.",
    zh: "一笔一画生成的数字，像出自许多人之手：有斜有正，有粗有细，形状各异。",
  },
  words: {
    image: { en: "image", zh: "图像" },
    digit: { en: "digit", zh: "数字" },
    "same image": { en: "same image", zh: "同一图像" },
  },
  fields: {
    samples: samplesField(12_000),
    validation: validationField(0.1),
    noise: noiseField(0.05, {
      en: "Standard deviation of the normal noise added to every pixel; white is 1.",
      zh: "加在每个像素上的正态噪声的标准差；白色为 1。",
    }),
    target: choice({
      label: { en: "Target", zh: "目标" },
      help: {
        en: "What the model has to tell: the digit, or, as an autoencoder does, the image itself.",
        zh: "模型要给出的结果：数字类别，或像自编码器那样给出图像本身。",
      },
      options: ["label", "image"],
      words: { label: { en: "label", zh: "标签" }, image: { en: "image", zh: "图像" } },
      default: "label",
    }),
  },
  load: async ({ samples, validation, noise, target }, seed) => {
    const { DIGIT_SIZE, drawDigits } = await import("../draw-digits.ts");
    const { images, labels } = drawDigits(samples, noise, new Random(seed, "glyphDigits"));
    const ofLabels = target === "label";
    const columns = new Map<string, typeof images | typeof labels>([
      ["image", images],
      ofLabels ? ["digit", labels] : ["same image", images],
    ]);
    return {
      inputs: [{ name: "image", shape: [DIGIT_SIZE, DIGIT_SIZE, 1], dtype: "f32" }],
      target: ofLabels
        ? { name: "digit", shape: [], dtype: "i32", categories: DIGITS }
        : { name: "same image", shape: [DIGIT_SIZE, DIGIT_SIZE, 1], dtype: "f32" },
      ...splitSamples(columns, samples, validation, seed),
    };
  },
});
