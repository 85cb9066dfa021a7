import type { Metric } from "../metric.ts";
import { shareOfLabels } from "./share-of-labels.ts";

/** The share of labels among the five classes of the largest scores. */
export const top5: Metric = {
  kind: "top5",
  label: { en: "Top-5 accuracy", zh: "Top-5 准确率" },
  help: {
    en: "The share of labels that are among the model's first five answers.",
    zh: "正确标签位于模型前五个预测之中的比例。",
  },
  ...shareOfLabels(5),
};
