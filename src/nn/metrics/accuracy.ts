import type { Metric } from "../metric.ts";
import { shareOfLabels } from "./share-of-labels.ts";

/**
 * The share of labels that are the model's answer: the class of the largest score (B, …, C), or the side of 0 of a
 * single logit for the labels 0 and 1. The label -1 does not count.
 */
export const accuracy: Metric = {
  kind: "accuracy",
  label: { en: "Accuracy", zh: "准确率" },
  help: { en: "The share of labels that the model gets right.", zh: "模型预测正确的标签所占的比例。" },
  ...shareOfLabels(1),
};
