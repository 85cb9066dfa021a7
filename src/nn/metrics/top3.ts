import type { Metric } from "../metric.ts";
import { shareOfLabels } from "./share-of-labels.ts";

/** The share of labels among the three classes of the largest scores. */
export const top3: Metric = {
  kind: "top3",
  label: { en: "Top-3 accuracy", zh: "Top-3 准确率" },
  help: {
    en: "The share of labels that are among the model's first three answers.",
    zh: "正确标签位于模型前三个预测之中的比例。",
  },
  ...shareOfLabels(3),
};
