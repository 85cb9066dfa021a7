import { add } from "../../graph/ops/add.ts";
import { mul } from "../../graph/ops/mul.ts";
import { defineSchedule } from "../schedule.ts";
import { endField } from "./decay-fields.ts";
import { durationField, durationOf } from "./duration.ts";
import { progressOf } from "./progress.ts";

/** From 1 to `end` in a straight line, then `end`: PyTorch's LinearLR with start_factor 1. */
export const linear = defineSchedule({
  kind: "linear",
  label: { en: "Linear", zh: "线性下降" },
  help: { en: "The learning rate falls in a straight line.", zh: "学习率沿直线下降。" },
  fields: { end: endField, steps: durationField },
  factor: ({ end, steps }, step, total) => add(mul(progressOf(step, durationOf(steps, total)), end - 1), 1),
});
