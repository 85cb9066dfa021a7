import { defineSource } from "../dataset.ts";
import { pointsOnSurface, surfaceFields, surfaceWords } from "../points.ts";

const HALF_WIDTH = 0.3;

/** Points (2) and the height (1) of a winding ridge: exp(−(d / 0.3)²), where d = y − sin(πx) / 2. */
export const ridgeSource = defineSource({
  kind: "ridge",
  task: "regression",
  label: { en: "Ridge", zh: "山脊" },
  help: {
    en: "A winding ridge of height 1 over a plain of height 0.",
    zh: "高度为 0 的平地上一条高度为 1 的弯曲山脊。",
  },
  words: surfaceWords,
  fields: surfaceFields(0.02),
  load: (config, seed) =>
    pointsOnSurface("ridge", config, seed, (x, y) => Math.exp(-(((y - Math.sin(Math.PI * x) / 2) / HALF_WIDTH) ** 2))),
});
