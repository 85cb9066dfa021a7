import { exp } from "../../graph/ops/exp.ts";
import { mul } from "../../graph/ops/mul.ts";
import { defineSchedule } from "../schedule.ts";
import { everyField, factorField } from "./decay-fields.ts";

/** factor^(step / every): PyTorch's ExponentialLR, whose gamma is the factor of one step. */
export const exponential = defineSchedule({
  kind: "exponential",
  label: { en: "Exponential", zh: "指数下降" },
  help: { en: "The learning rate falls by the same share at every step.", zh: "学习率每一步按相同比例下降。" },
  fields: {
    every: everyField({ en: "Steps in which it falls by the factor.", zh: "经过多少步后乘以一次衰减系数。" }),
    factor: factorField(0.5),
  },
  factor: ({ every, factor }, steps) => exp(mul(steps, Math.log(factor) / every)),
});
