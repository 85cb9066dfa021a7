import type { Text } from "../schema/text.ts";

/** The two parts of a data set. */
export type Part = "training" | "validation";

/** As errors name them. */
export const PARTS: Readonly<Record<Part, Text>> = {
  training: { en: "training", zh: "训练" },
  validation: { en: "validation", zh: "验证" },
};
