import { greater } from "../../graph/ops/greater.ts";
import { maximum } from "../../graph/ops/maximum.ts";
import { sub } from "../../graph/ops/sub.ts";
import { where } from "../../graph/ops/where.ts";
import { number } from "../../schema/field.ts";
import { defineSchedule } from "../schedule.ts";
import { durationField, durationOf } from "./duration.ts";
import { halfCosine } from "./half-cosine.ts";
import { progressOf } from "./progress.ts";

/**
 * One cycle (Smith and Topin, 2018), as PyTorch's OneCycleLR with anneal_strategy "cos" and without momentum: from
 * 1 / startDivision up to 1, and down to 1 / (startDivision · endDivision), each along half a cosine. The learning rate
 * is the peak. The peak is at step peak · duration - 1, the end at duration - 1.
 */
export const oneCycle = defineSchedule({
  kind: "oneCycle",
  label: { en: "One cycle", zh: "单周期" },
  help: {
    en: "Up to the learning rate and down to almost nothing, once: large steps in the middle of the run.",
    zh: "学习率先升后降，只循环一次：训练中段步长最大（单周期策略）。",
  },
  fields: {
    peak: number({
      label: { en: "Peak at", zh: "峰值位置" },
      help: { en: "The share of the steps in which the rate rises.", zh: "学习率上升阶段占总步数的比例。" },
      min: 0.01,
      max: 0.99,
      default: 0.3,
    }),
    startDivision: number({
      label: { en: "Start division", zh: "起始除数" },
      help: { en: "The rate starts at the peak divided by this.", zh: "起始学习率 = 峰值除以该数。" },
      min: 1,
      max: 1e6,
      default: 25,
      scale: "log",
    }),
    endDivision: number({
      label: { en: "End division", zh: "结束除数" },
      help: { en: "The rate ends at its start divided by this.", zh: "结束时的学习率 = 起始学习率除以该数。" },
      min: 1,
      max: 1e9,
      default: 1e4,
      scale: "log",
    }),
    steps: durationField,
  },
  factor: ({ peak, startDivision, endDivision, steps }, step, total) => {
    const duration = durationOf(steps, total);
    const start = 1 / startDivision;
    // In runs of a few steps the peak would come before the first.
    const rise = Math.max(peak * duration - 1, 0);
    const fall = duration - 1 - rise || 1;
    const falling = halfCosine(1, start / endDivision, progressOf(maximum(sub(step, rise), 0), fall));
    return rise === 0 ? falling : where(greater(step, rise), falling, halfCosine(start, 1, progressOf(step, rise)));
  },
});
