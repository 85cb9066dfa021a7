import type { Dataset } from "../data/dataset.ts";
import { dataSources } from "../data/sources.ts";
import { withNode } from "../graph/op.ts";
import { sizeOf, type Tensor } from "../graph/tensor.ts";
import type { Experiment, NodeSpec } from "../nn/experiment.ts";
import type { DataFacts } from "../nn/layer.ts";
import { layers } from "../nn/layers.ts";
import type { Loss } from "../nn/loss.ts";
import { categoricalCrossentropy } from "../nn/losses/categorical-crossentropy.ts";
import { losses } from "../nn/losses.ts";
import type { Metric } from "../nn/metric.ts";
import { metrics } from "../nn/metrics.ts";
import { buildModel, type Model, type ModelSetting } from "../nn/model.ts";
import { ModelError, type Repair } from "../nn/model-error.ts";
import { ofKind } from "../nn/of-kind.ts";
import { lossSums, metricSums } from "./metric-sums.ts";
import { targetRange } from "./target-range.ts";

/** A model with its loss and metrics on a batch. */
export interface Evaluated {
  readonly model: Model;
  readonly lossSum: Tensor;
  readonly lossCount: Tensor;
  /** Scalars of the graph that `metricsOf` makes metrics of. */
  readonly sums: Readonly<Record<string, Tensor>>;
}

/** What metrics are of, in Chinese. */
const TARGETS = { labels: "类别标签", numbers: "数值" };

/** Builds model, loss and metrics of an experiment on a batch; `samples` (B) says which of it count, if not all. */
export function evaluateOn(
  experiment: Experiment,
  dataset: Dataset,
  columns: ReadonlyMap<string, Tensor>,
  setting: Pick<ModelSetting, "training" | "random"> & { readonly samples?: Tensor },
): Evaluated {
  const inputs = new Map(dataset.inputs.map(({ name }) => [name, columns.get(name) as Tensor]));
  const target = columns.get(dataset.target.name) as Tensor;
  const model = buildModel(experiment.model, { ...setting, columns: inputs, data: factsOf(dataset) });
  const { output, outputNode } = model;
  const node = experiment.model.nodes.find(({ id }) => id === outputNode) as NodeSpec;
  const layer = ofKind(layers, node.layer);
  const loss = lossOf(experiment);
  const { gaps = false, categories } = dataset.target;
  const values = withNode(outputNode, () =>
    loss.build(experiment.loss as Parameters<Loss["build"]>[0], output, target, {
      classes: categories?.length,
      gaps,
      targetRange: () => targetRange(dataset),
      last: { layer, config: node },
      refuse: (text, ...repairs) => {
        throw new ModelError("shape", text, { layer: node.layer, node: outputNode }, repairs);
      },
    }),
  );
  const sums = lossSums(values, setting.samples);
  const chosen = metricsOfExperiment(experiment, dataset);
  const said = target.dtype === "f32" ? (loss.prediction?.(output) ?? output) : output;
  return {
    model,
    ...sums,
    sums: metricSums(chosen, { output: said, target, gaps, samples: setting.samples, ...sums }),
  };
}

/**
 * The metrics an experiment asks for. Throws "experiment" where one is not of what the data has, or where the run is to
 * end by one that it does not ask for.
 */
export function metricsOfExperiment(experiment: Experiment, { target }: Dataset): Metric[] {
  const { accuracy } = experiment.stop;
  const has = target.dtype === "i32" ? "labels" : "numbers";
  if (accuracy !== null && !experiment.metrics.includes("accuracy")) {
    const text = {
      en: `stop.accuracy is ${accuracy}, but accuracy is not measured; add "accuracy" to metrics, or remove it`,
      zh: `停止条件中的准确率为 ${accuracy}，但没有测量准确率；请在指标中加入准确率，或去掉该条件`,
    };
    const measuring = { kind: "setMetric", metric: "accuracy", isMeasured: true } as const;
    throw new ModelError("experiment", text, {}, has === "labels" ? [measuring] : []);
  }
  return experiment.metrics.map((kind) => {
    const metric = ofKind(metrics, kind);
    if (metric.of === "any" || metric.of === has) return requireLoss(metric, experiment);
    const fitting = metrics.filter(({ of }) => of === "any" || of === has);
    const kinds = fitting.map((entry) => entry.kind).join(", ");
    const labels = fitting.map(({ label }) => label.zh).join("、");
    const name = ofKind(dataSources, experiment.data.kind).words?.[target.name]?.zh ?? target.name;
    const text = {
      en: `metrics has "${kind}", which is of ${metric.of}; the target "${target.name}" is of ${has}: use ${kinds}`,
      zh: `指标“${metric.label.zh}”用于${TARGETS[metric.of]}，而目标“${name}”是${TARGETS[has]}：请使用${labels}`,
    };
    throw new ModelError("experiment", text, {}, [leftOut(metric)]);
  });
}

export function factsOf({ inputs, target }: Dataset): DataFacts {
  return {
    classes: target.categories?.length,
    tokens: new Map(inputs.map(({ name, categories }) => [name, categories?.length])),
    targetSize: sizeOf(target.shape),
  };
}

/** Refuses a batch that is larger than the data. */
export function checkBatchSize(batchSize: number, samples: number): void {
  if (batchSize <= samples) return;
  const there = samples === 1 ? "is one training sample" : `are ${samples} training samples`;
  const text = {
    en: `the batch size is ${batchSize}, and there ${there}; use a batch size of at most ${samples}`,
    zh: `批大小为 ${batchSize}，而训练样本只有 ${samples} 个；请把批大小减到 ${samples} 或更小`,
  };
  throw new ModelError("experiment", text, {}, [{ kind: "setBatchSize", value: samples }]);
}

/** Gives the metric back, unless it says nothing of the experiment's loss. */
function requireLoss(metric: Metric, experiment: Experiment): Metric {
  const config = experiment.loss as Parameters<Loss["build"]>[0];
  if (!metric.ofCrossEntropy || lossOf(experiment).isCrossEntropy?.(config)) return metric;
  const { kind, smoothing = 0 } = experiment.loss;
  const en = `metrics has "${metric.kind}", which is of a cross-entropy`;
  const zh = `指标“${metric.label.zh}”要求损失函数是`;
  const problem =
    smoothing === 0
      ? {
          en: `${en}, but the loss is ${kind}; remove it, or choose categoricalCrossentropy`,
          zh: `${zh}交叉熵，而现在是${lossOf(experiment).label.zh}；请去掉该指标，或选用${categoricalCrossentropy.label.zh}`,
        }
      : {
          en: `${en} without smoothing, but the loss has smoothing ${smoothing}; remove it, or set smoothing to 0`,
          zh: `${zh}没有标签平滑的交叉熵，而现在的标签平滑为 ${smoothing}；请去掉该指标，或把标签平滑设为 0`,
        };
  throw new ModelError("experiment", problem, {}, [leftOut(metric)]);
}

function leftOut({ kind }: Metric): Repair {
  return { kind: "setMetric", metric: kind, isMeasured: false };
}

function lossOf({ loss }: Experiment): Loss {
  return ofKind(losses, loss.kind);
}
