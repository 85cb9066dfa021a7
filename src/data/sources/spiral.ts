import { integer } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { pointFields, pointsInClasses, pointWords } from "../points.ts";

const TURNS = 1.75;
/** In the very middle the arms could not be told apart. */
const INNER_RADIUS = 0.05;

const MOST_ARMS = 5;

const armName = (arm: number) => `arm ${arm + 1}`;

/** Points (2) of the arms of a spiral, one class each: the classic hard case in the plane. */
export const spiralSource = defineSource({
  kind: "spiral",
  task: "classification",
  label: { en: "Spiral", zh: "螺旋" },
  help: { en: "Arms wound round each other, one for each class.", zh: "互相缠绕的螺旋臂，每类一条。" },
  words: {
    ...pointWords,
    ...Object.fromEntries(
      Array.from({ length: MOST_ARMS }, (_, arm) => [armName(arm), { en: armName(arm), zh: `旋臂 ${arm + 1}` }]),
    ),
  },
  fields: {
    ...pointFields(0.01),
    arms: integer({
      label: { en: "Arms", zh: "旋臂数" },
      help: { en: "How many arms, and so classes, there are.", zh: "旋臂的条数，也就是类别数。" },
      min: 2,
      max: MOST_ARMS,
      default: 2,
    }),
  },
  load: (config, seed) => {
    const classes = Array.from({ length: config.arms }, (_, arm) => armName(arm));
    return pointsInClasses("spiral", config, seed, classes, (label, random) => {
      const radius = random.uniform(INNER_RADIUS, 1);
      const angle = 2 * Math.PI * (radius * TURNS + label / config.arms);
      return [radius * Math.sin(angle), radius * Math.cos(angle)];
    });
  },
});
