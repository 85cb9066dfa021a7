import { defineSource } from "../dataset.ts";
import { pointFields, pointsInClasses, pointWords } from "../points.ts";

/** Without noise, points "inside" are nearer than this to the middle, and those "outside" beyond the next. */
const INNER_RADIUS = 0.5;
const OUTER_RADIUS = 0.7;

/** Points (2) of a disc, and of the ring of radius 1 around it. */
export const circleSource = defineSource({
  kind: "circle",
  task: "classification",
  label: { en: "Circle", zh: "圆环" },
  help: { en: "A disc of one class within a ring of the other.", zh: "一类是中间的圆盘，另一类是围绕它的圆环。" },
  words: { ...pointWords, inside: { en: "inside", zh: "内部" }, outside: { en: "outside", zh: "外部" } },
  fields: pointFields(0.02),
  load: (config, seed) =>
    pointsInClasses("circle", config, seed, ["inside", "outside"], (label, random) => {
      const [from, to] = label === 0 ? [0, INNER_RADIUS] : [OUTER_RADIUS, 1];
      const radius = random.uniform(from, to);
      const angle = random.uniform(0, 2 * Math.PI);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
});
