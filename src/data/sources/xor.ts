import { defineSource } from "../dataset.ts";
import { pointFields, pointsInClasses, pointWords } from "../points.ts";

/** Without noise no point is nearer than this to an axis. */
const MARGIN = 0.05;

/** Points (2) of the four quadrants: x and y of the same sign, or of opposite signs. */
export const xorSource = defineSource({
  kind: "xor",
  task: "classification",
  label: { en: "Exclusive or", zh: "异或" },
  help: {
    en: "Four squares like a chessboard's: the class is whether x and y have the same sign.",
    zh: "像棋盘一样的四个方块：类别取决于 x 与 y 是否同号。",
  },
  words: { ...pointWords, same: { en: "same", zh: "同号" }, opposite: { en: "opposite", zh: "异号" } },
  fields: pointFields(0.02),
  load: (config, seed) =>
    pointsInClasses("xor", config, seed, ["same", "opposite"], (label, random) => {
      const x = random.uniform(MARGIN, 1);
      const y = random.uniform(MARGIN, 1);
      const side = random.integer(2) === 0 ? 1 : -1;
      return [side * x, (label === 0 ? side : -side) * y];
    }),
});
