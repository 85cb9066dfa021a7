import { abs } from "../../graph/ops/abs.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineLoss } from "../loss.ts";
import { numbersLike } from "./output-check.ts";

/** |y - t| for each number. output: (B, …) f32; target: f32 with as many numbers a sample. */
export const meanAbsoluteError = defineLoss({
  kind: "meanAbsoluteError",
  label: { en: "Mean absolute error", zh: "平均绝对误差" },
  of: "numbers",
  help: {
    en: "The sizes of the errors, on average; outliers weigh less than in the squared error.",
    zh: "误差绝对值的平均值；比均方误差更不受离群值影响。",
  },
  fields: {},
  build: (_, output, target, context) => ({ values: abs(sub(output, numbersLike(output, target, context))) }),
});
