import { abs } from "../../graph/ops/abs.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import type { Metric } from "../metric.ts";
import { countedNumbers } from "./counted-numbers.ts";

/** The mean of |y - t| over all numbers of the target. */
export const meanAbsoluteError: Metric = {
  kind: "meanAbsoluteError",
  label: { en: "Mean absolute error", zh: "平均绝对误差" },
  help: { en: "How far off the numbers are, on average.", zh: "预测值与目标值平均相差多少。" },
  better: "lower",
  of: "numbers",
  sums: (input) => {
    const { y, t, weights } = countedNumbers(input);
    return { total: sum(mul(abs(sub(y, t)), weights)), count: sum(weights) };
  },
  value: ({ total, count }) => (total as number) / (count as number),
};
