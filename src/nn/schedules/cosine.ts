import { defineSchedule } from "../schedule.ts";
import { endField } from "./decay-fields.ts";
import { durationField, durationOf } from "./duration.ts";
import { halfCosine } from "./half-cosine.ts";
import { progressOf } from "./progress.ts";

/**
 * From 1 to `end` along half a cosine, then `end` (Loshchilov and Hutter, 2017, without restarts): PyTorch's
 * CosineAnnealingLR.
 */
export const cosine = defineSchedule({
  kind: "cosine",
  label: { en: "Cosine", zh: "余弦退火" },
  help: {
    en: "The learning rate falls along half a cosine: slowly at first and at last.",
    zh: "学习率沿半个余弦曲线下降：首尾慢，中间快（余弦退火）。",
  },
  fields: { end: endField, steps: durationField },
  factor: ({ end, steps }, step, total) => halfCosine(1, end, progressOf(step, durationOf(steps, total))),
});
