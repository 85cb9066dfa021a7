import { cast } from "../../graph/ops/cast.ts";
import { equal } from "../../graph/ops/equal.ts";
import { greater } from "../../graph/ops/greater.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sum } from "../../graph/ops/sum.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Metric } from "../metric.ts";
import { countedLabels, labelRank } from "./label-rank.ts";

/** The share of samples all of whose labels are right. Those without a label that counts are left out. */
export const sequenceAccuracy: Metric = {
  kind: "sequenceAccuracy",
  label: { en: "Whole answers", zh: "整句准确率" },
  help: {
    en: "The share of samples whose every position is right, such as whole sums in addition.",
    zh: "每个位置都预测正确的样本所占的比例，例如整道加法题全对。",
  },
  better: "higher",
  of: "labels",
  sums: (input) => {
    const counted = countedLabels(input);
    const isWrong = cast(greater(labelRank(input), 0), "f32");
    const hasLabels = cast(greater(ofSample(counted), 0), "f32");
    const isRight = cast(equal(ofSample(mul(isWrong, counted)), 0), "f32");
    return { right: sum(mul(isRight, hasLabels)), count: sum(hasLabels) };
  },
  value: ({ right, count }) => (right as number) / (count as number),
};

/** Sums over all axes but the batch. */
function ofSample(x: Tensor): Tensor {
  const axes = [...x.shape.keys()].slice(1);
  return axes.length === 0 ? x : sum(x, axes);
}
