import { number } from "../../schema/field.ts";

/** What every normalization adds before it divides. */
export const epsilonField = number({
  label: { en: "Epsilon", zh: "ε" },
  help: {
    en: "Added to the variance before its root divides, so that nothing is divided by 0.",
    zh: "开方作除数之前加到方差上的小量，避免除以 0。",
  },
  min: 1e-12,
  max: 1,
  default: 1e-5,
  scale: "log",
});
