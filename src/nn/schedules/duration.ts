import { type IntegerField, integer } from "../../schema/field.ts";

/** How long a schedule lasts. */
export const durationField: IntegerField = integer({
  label: { en: "Steps", zh: "步数" },
  help: {
    en: "How many steps it takes after the warm-up; 0: to the end of the run.",
    zh: "预热之后持续的步数；0 表示直到训练结束。",
  },
  min: 0,
  max: 1e9,
  default: 0,
});

/** The steps that a schedule lasts: those of its field, or for 0 the steps after the warm-up; at least 1. */
export function durationOf(steps: number, total: number): number {
  return steps > 0 ? steps : Math.max(total, 1);
}
