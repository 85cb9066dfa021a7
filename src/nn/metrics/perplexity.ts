import type { Metric } from "../metric.ts";

/** exp of the mean loss, which is a cross-entropy in nats. */
export const perplexity: Metric = {
  kind: "perplexity",
  label: { en: "Perplexity", zh: "困惑度" },
  help: {
    en: "Among how many equally likely tokens the model would be as unsure: exp of the cross-entropy.",
    zh: "模型的不确定程度相当于在多少个等概率词元中选择：交叉熵的指数。",
  },
  better: "lower",
  of: "labels",
  ofCrossEntropy: true,
  sums: ({ lossSum, lossCount }) => ({ loss: lossSum, count: lossCount }),
  value: ({ loss, count }) => Math.exp((loss as number) / (count as number)),
};
