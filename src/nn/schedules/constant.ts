import { constant as constantTensor } from "../../graph/ops/constant.ts";
import { defineSchedule } from "../schedule.ts";

/** The learning rate stays as it is. */
export const constant = defineSchedule({
  kind: "constant",
  label: { en: "Constant", zh: "恒定" },
  help: { en: "The learning rate stays as it is.", zh: "学习率保持不变。" },
  fields: {},
  factor: () => constantTensor(1),
});
