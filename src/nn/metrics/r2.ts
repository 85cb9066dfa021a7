import { mul } from "../../graph/ops/mul.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import type { Metric } from "../metric.ts";
import { countedNumbers } from "./counted-numbers.ts";

/** Shares of Σ t² below this are the rounding of f32 sums. */
const ROUNDING = 1e-6;

/**
 * The coefficient of determination, 1 - Σ (t - y)² / Σ (t - mean of t)², over all numbers of the target together. Where
 * they are all the same, as far as f32 sums tell, it is 1 for a model that hits them exactly, else 0, as in scikit-learn.
 */
export const r2: Metric = {
  kind: "r2",
  label: { en: "R²", zh: "R²" },
  help: {
    en: "How much of the target's variance the model explains: 1 is all, 0 as much as the mean does.",
    zh: "模型解释了目标方差的多少：1 表示全部，0 表示与直接预测均值相当（决定系数）。",
  },
  better: "higher",
  of: "numbers",
  sums: (input) => {
    const { y, t, weights } = countedNumbers(input);
    return {
      sum: sum(mul(t, weights)),
      squares: sum(mul(square(t), weights)),
      residual: sum(mul(square(sub(t, y)), weights)),
      count: sum(weights),
    };
  },
  value: (sums) => {
    const { sum, squares, residual, count } = sums as Record<"sum" | "squares" | "residual" | "count", number>;
    const variation = squares - (sum * sum) / count;
    if (variation <= ROUNDING * squares) return residual === 0 ? 1 : 0;
    return 1 - residual / variation;
  },
};
