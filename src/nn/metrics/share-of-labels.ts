import { cast } from "../../graph/ops/cast.ts";
import { less } from "../../graph/ops/less.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sum } from "../../graph/ops/sum.ts";
import type { Metric } from "../metric.ts";
import { countedLabels, labelRank } from "./label-rank.ts";

type ShareOfLabels = Pick<Metric, "better" | "of" | "sums" | "value">;

/** The share of labels that are among the model's first so many answers; NaN where no label counts. */
export function shareOfLabels(answers: number): ShareOfLabels {
  return {
    better: "higher",
    of: "labels",
    sums: (input) => {
      const counted = countedLabels(input);
      const isRight = cast(less(labelRank(input), answers), "f32");
      return { right: sum(mul(isRight, counted)), count: sum(counted) };
    },
    value: ({ right, count }) => (right as number) / (count as number),
  };
}
