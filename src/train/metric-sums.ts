import { constant } from "../graph/ops/constant.ts";
import { mul } from "../graph/ops/mul.ts";
import { reshape } from "../graph/ops/reshape.ts";
import { sum } from "../graph/ops/sum.ts";
import { sizeOf, type Tensor } from "../graph/tensor.ts";
import type { LossValues } from "../nn/loss.ts";
import type { Metric } from "../nn/metric.ts";

/** Metrics of a step, or of an evaluation: `loss` and the experiment's, by kind. */
export type Metrics = Readonly<Record<string, number>>;

/** Σ of the loss and of its weights, over the samples that count: (B) of 0 and 1, or all. */
export function lossSums({ values, weights }: LossValues, samples?: Tensor): { lossSum: Tensor; lossCount: Tensor } {
  const counted = (each: Tensor) => {
    if (samples === undefined) return each;
    return mul(each, reshape(samples, [-1, ...new Array<number>(each.shape.length - 1).fill(1)]));
  };
  const lossSum = sum(counted(values));
  if (weights !== undefined) return { lossSum, lossCount: sum(counted(weights)) };
  const perSample = sizeOf(values.shape.slice(1));
  const lossCount = samples === undefined ? constant(sizeOf(values.shape)) : mul(sum(samples), perSample);
  return { lossSum, lossCount };
}

/** The graph's sums of all metrics, each under a name of its own. */
export function metricSums(
  metrics: readonly Metric[],
  input: Parameters<Metric["sums"]>[0],
): Readonly<Record<string, Tensor>> {
  const sums: Record<string, Tensor> = { [LOSS_SUM]: input.lossSum, [LOSS_COUNT]: input.lossCount };
  for (const metric of metrics) {
    for (const [name, tensor] of Object.entries(metric.sums(input))) sums[nameOf(metric, name)] = tensor;
  }
  return sums;
}

/** The metrics, from sums of one step or added up over many. */
export function metricsOf(metrics: readonly Metric[], sums: Readonly<Record<string, number>>): Metrics {
  const loss = (sums[LOSS_SUM] as number) / Math.max(sums[LOSS_COUNT] as number, 1);
  const entries = metrics.map((metric) => {
    const own = Object.entries(sums).filter(([name]) => name.startsWith(nameOf(metric, "")));
    return [
      metric.kind,
      metric.value(Object.fromEntries(own.map(([name, v]) => [name.slice(metric.kind.length + 1), v]))),
    ];
  });
  return { loss, ...Object.fromEntries(entries) };
}

const LOSS_SUM = "loss sum";
const LOSS_COUNT = "loss count";

function nameOf({ kind }: Metric, sum: string): string {
  return `${kind} ${sum}`;
}
