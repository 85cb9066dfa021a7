import { integer, number } from "../../schema/field.ts";
import type { Text } from "../../schema/text.ts";

export const everyField = (help: Text) =>
  integer({ label: { en: "Every", zh: "间隔步数" }, help, min: 1, max: 1e9, default: 1000 });

export const factorField = (value: number) =>
  number({
    label: { en: "Factor", zh: "衰减系数" },
    help: { en: "What the learning rate is multiplied by.", zh: "学习率每次乘以的系数。" },
    min: 1e-6,
    max: 1,
    default: value,
  });

export const endField = number({
  label: { en: "End", zh: "终值系数" },
  help: {
    en: "The factor of the learning rate at the end, where it then stays.",
    zh: "结束时学习率的系数，此后保持不变。",
  },
  min: 0,
  max: 1000,
  default: 0,
});
