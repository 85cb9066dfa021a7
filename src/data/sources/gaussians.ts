import { defineSource } from "../dataset.ts";
import { pointsInClasses, pointWords } from "../points.ts";
import { noiseField, samplesField, validationField } from "../source-fields.ts";

/** Both coordinates of the middle of the first cloud; the second's are the negative. */
const CENTRE = 0.4;

/** Points (2) of two round clouds, from a normal distribution each. */
export const gaussiansSource = defineSource({
  kind: "gaussians",
  task: "classification",
  label: { en: "Gaussians", zh: "高斯分布" },
  help: { en: "Two round clouds, one for each class.", zh: "两团圆形点云，每类一团。" },
  words: { ...pointWords, upper: { en: "upper", zh: "上方" }, lower: { en: "lower", zh: "下方" } },
  fields: {
    samples: samplesField(1000),
    validation: validationField(0.3),
    noise: noiseField(0.15, {
      en: "Standard deviation of each cloud; from about 0.25 on they overlap.",
      zh: "每团点云的标准差；约从 0.25 起两团开始重叠。",
    }),
  },
  load: (config, seed) =>
    pointsInClasses("gaussians", config, seed, ["upper", "lower"], (label) =>
      label === 0 ? [CENTRE, CENTRE] : [-CENTRE, -CENTRE],
    ),
});
