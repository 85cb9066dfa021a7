import type { Column, Samples } from "../../data/dataset.ts";
import { formatShape, sizeOf } from "../../graph/tensor.ts";
import { columnValues } from "../sample-values.ts";
import { collect } from "./collected.ts";
import { cannotShow, type ViewedRun, type ViewOpener } from "./view.ts";
import { floats } from "./view-plan.ts";
import { answerOf, requireNumbers } from "./viewed-model.ts";

// Views that set what a model says in numbers beside what is true.

/** Numbers that are shown, at most: more would be no better to see. */
const MAX_NUMBERS = 2 ** 17;

/** Predicted against true numbers. Of targets with several, all of a sample stand side by side. */
export const openRegression: ViewOpener<"regression"> = async (run, { limit }) => {
  requireNumbers(run.dataset);
  const size = sizeOf(run.dataset.target.shape);
  const count = Math.min(atLeastOne(limit), MAX_NUMBERS);
  const collected = await collect(run, Math.ceil(count / size), ({ output }) => answerOf(run, output));
  const truths = valuesOf(run.dataset.target, collected.samples).slice(0, count);
  return {
    look: async () => ({ kind: "regression", truths, predictions: (await collected.look()).slice(0, count) }),
    destroy: () => collected.destroy(),
  };
};

/** Windows of series, how they go on, and how the model says they do. */
export const openForecasts: ViewOpener<"forecasts"> = async (run, { count }) => {
  const { dataset } = run;
  const [window] = dataset.inputs as [Column];
  const [length, features = 1, ...rest] = window.shape;
  const horizon = sizeOf(dataset.target.shape);
  const isSeries = window.dtype === "f32" && length !== undefined && features === 1 && rest.length === 0;
  if (!isSeries || dataset.target.dtype !== "f32" || dataset.target.shape.length > 1) {
    return cannotShow({
      en: `forecasts are of windows of one series, but "${window.name}" is ${formatShape(window.shape)} a sample and the target "${dataset.target.name}" ${formatShape(dataset.target.shape)}; choose a data set of series`,
      zh: `预测视图用于单个序列的窗口，而“${window.name}”每个样本为 ${formatShape(window.shape)}，目标“${dataset.target.name}”为 ${formatShape(dataset.target.shape)}；请选择时间序列数据集`,
    });
  }
  const wanted = Math.min(atLeastOne(count), Math.floor(MAX_NUMBERS / horizon));
  const collected = await collect(run, wanted, ({ output }) => answerOf(run, output));
  const { samples } = collected;
  const windows = valuesOf(window, samples);
  const truths = valuesOf(dataset.target, samples);
  return {
    async look() {
      const predictions = await collected.look();
      return { kind: "forecasts", count: samples.count, length, horizon, windows, truths, predictions };
    },
    destroy: () => collected.destroy(),
  };
};

/** Samples beside what an autoencoder makes of them. */
export const openReconstructions: ViewOpener<"reconstructions"> = async (run, { count }) => {
  const { dataset } = run;
  const input = reconstructed(run);
  const size = sizeOf(input.shape);
  const wanted = Math.min(atLeastOne(count), Math.max(1, Math.floor(MAX_NUMBERS / size)));
  const collected = await collect(run, wanted, ({ output }) => answerOf(run, output));
  const { samples } = collected;
  const inputs = valuesOf(dataset.target, samples);
  return {
    async look() {
      const outputs = await collected.look();
      return { kind: "reconstructions", count: samples.count, shape: input.shape, inputs, outputs };
    },
    destroy: () => collected.destroy(),
  };
};

/** The input column that the target repeats. */
function reconstructed({ dataset: { inputs, target } }: ViewedRun): Column {
  const [input] = inputs as [Column];
  const isSame = input.dtype === "f32" && target.dtype === "f32" && sizeOf(input.shape) === sizeOf(target.shape);
  if (isSame && sizeOf(input.shape) > 1) return input;
  return cannotShow({
    en: `reconstructions are of models that give their input again, but "${input.name}" is ${formatShape(input.shape)} a sample and the target "${target.name}" ${formatShape(target.shape)}; choose a data set whose target is its input`,
    zh: `重建视图用于还原输入的模型，而“${input.name}”每个样本为 ${formatShape(input.shape)}，目标“${target.name}”为 ${formatShape(target.shape)}；请选择目标与输入相同的数据集`,
  });
}

function valuesOf(column: Column, samples: Samples): Float32Array<ArrayBuffer> {
  return floats(columnValues(column, samples, [...new Array(samples.count).keys()]));
}

function atLeastOne(count: number): number {
  return Math.max(1, Math.floor(count));
}
