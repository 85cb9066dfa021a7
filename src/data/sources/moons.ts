import { defineSource } from "../dataset.ts";
import { pointFields, pointsInClasses, pointWords } from "../points.ts";

/** Half the width of both half circles together, whose radius is 1. */
const HALF_WIDTH = 1.5;

/** Points (2) of two half circles that reach into each other, as scikit-learn's `make_moons`, within [-1, 1] × [-½, ½]. */
export const moonsSource = defineSource({
  kind: "moons",
  task: "classification",
  label: { en: "Moons", zh: "双月" },
  help: { en: "Two half circles that reach into each other.", zh: "两个互相嵌入的半圆。" },
  words: { ...pointWords, upper: { en: "upper", zh: "上方" }, lower: { en: "lower", zh: "下方" } },
  fields: pointFields(0.05),
  load: (config, seed) =>
    pointsInClasses("moons", config, seed, ["upper", "lower"], (label, random) => {
      const angle = random.uniform(0, Math.PI);
      const side = label === 0 ? 1 : -1;
      return [(side * (Math.cos(angle) - 0.5)) / HALF_WIDTH, (side * (Math.sin(angle) - 0.25)) / HALF_WIDTH];
    }),
});
