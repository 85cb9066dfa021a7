import { defineSource } from "../dataset.ts";
import { pointsOnSurface, surfaceFields, surfaceWords } from "../points.ts";

/** Points (2) and the height (1) of a plane above them, (x + y) / 2. */
export const planeSource = defineSource({
  kind: "plane",
  task: "regression",
  label: { en: "Plane", zh: "平面" },
  help: { en: "A number that grows evenly from one corner to the other.", zh: "从一角到对角均匀增大的数值。" },
  words: surfaceWords,
  fields: surfaceFields(0.02),
  load: (config, seed) => pointsOnSurface("plane", config, seed, (x, y) => (x + y) / 2),
});
