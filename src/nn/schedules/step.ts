import { cast } from "../../graph/ops/cast.ts";
import { div } from "../../graph/ops/div.ts";
import { exp } from "../../graph/ops/exp.ts";
import { mul } from "../../graph/ops/mul.ts";
import { defineSchedule } from "../schedule.ts";
import { everyField, factorField } from "./decay-fields.ts";

/** factor^⌊step / every⌋, PyTorch's StepLR. The division is one of whole numbers, so that no step comes late. */
export const step = defineSchedule({
  kind: "step",
  label: { en: "Steps", zh: "阶梯下降" },
  help: { en: "The learning rate falls in steps.", zh: "学习率呈阶梯状下降。" },
  fields: {
    every: everyField({ en: "Steps between two falls.", zh: "每隔多少步下降一次。" }),
    factor: factorField(0.1),
  },
  factor: ({ every, factor }, steps) => exp(mul(cast(div(cast(steps, "u32"), every), "f32"), Math.log(factor))),
});
