import type { Dataset } from "../../data/dataset.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sigmoid } from "../../graph/ops/sigmoid.ts";
import { softmax } from "../../graph/ops/softmax.ts";
import { stack } from "../../graph/ops/stack.ts";
import { sub } from "../../graph/ops/sub.ts";
import { variable } from "../../graph/ops/variable.ts";
import { sameShape, type Tensor } from "../../graph/tensor.ts";
import type { Experiment } from "../../nn/experiment.ts";
import { beforeSigmoid, beforeSoftmax } from "../../nn/losses/undo-activation.ts";
import { losses } from "../../nn/losses.ts";
import { buildModel, type Model } from "../../nn/model.ts";
import { ofKind } from "../../nn/of-kind.ts";
import { factsOf } from "../evaluated.ts";
import { cannotShow, type ViewedRun } from "./view.ts";

/** A batch of each column of the data as a variable, target included: (B, …). */
export function columnsOf({ inputs, target }: Dataset, batch: number): ReadonlyMap<string, Tensor> {
  return new Map(
    [...inputs, target].map(({ name, shape, dtype }) => [name, variable(`column ${name}`, [batch, ...shape], dtype)]),
  );
}

/** The model as it is evaluated, on a batch of the input columns. */
export function modelOn({ experiment, dataset }: ViewedRun, columns: ReadonlyMap<string, Tensor>): Model {
  return buildModel(experiment.model, {
    columns: new Map(dataset.inputs.map(({ name }) => [name, columns.get(name) as Tensor])),
    data: factsOf(dataset),
    training: false,
    random: { seed: variable("seed", [], "u32"), step: variable("step", [], "u32") },
  });
}

/** The tensor that a node gives; refuses one that there is not. */
export function nodeOf({ nodes }: Model, id: string): Tensor {
  const names = [...nodes.keys()];
  return (
    nodes.get(id) ??
    cannotShow({
      en: `the model has no layer "${id}"; it has ${names.join(", ")}`,
      zh: `模型中没有名为“${id}”的层；现有：${names.join("、")}`,
    })
  );
}

/** What a model says, in terms of the target: probabilities (B, …, classes) of labels, or numbers (B, …). */
export function answerOf({ experiment, dataset: { target } }: ViewedRun, output: Tensor): Tensor {
  return target.dtype === "i32" ? probabilities(output, target.shape) : prediction(experiment, output);
}

/** The names of the classes that labels are of. */
export function classesOf({ target }: Dataset): readonly string[] {
  return target.categories ?? [];
}

/** Refuses data whose samples do not have one label each. */
export function requireOneLabel({ target }: Dataset): void {
  if (target.dtype === "i32" && target.shape.length === 0) return;
  cannotShow({
    en: `this view is of samples with one label each, but the target "${target.name}" is ${target.dtype === "i32" ? `${target.shape.join("×")} labels a sample` : "of numbers"}; choose a data set of classes`,
    zh: `此视图用于每个样本只有一个标签的数据，而目标“${target.name}”${target.dtype === "i32" ? `每个样本有 ${target.shape.join("×")} 个标签` : "是数值"}；请选择分类数据集`,
  });
}

/** Refuses a target of labels. */
export function requireNumbers({ target }: Dataset): void {
  if (target.dtype === "f32") return;
  cannotShow({
    en: `this view is of numbers that the model predicts, but the target "${target.name}" is of labels; choose a data set of numbers`,
    zh: `此视图用于预测数值的模型，而目标“${target.name}”是类别标签；请选择数值数据集`,
  });
}

/** Of a single score for each label, those of no and yes; else the softmax, which a model may have at its end already. */
function probabilities(output: Tensor, labelShape: readonly number[]): Tensor {
  const labels = [output.shape[0] as number, ...labelShape];
  if (!sameShape(output.shape, labels) && !sameShape(output.shape, [...labels, 1])) {
    return softmax(beforeSoftmax(output), -1);
  }
  const yes = reshape(sigmoid(beforeSigmoid(output)), labels);
  return stack([sub(1, yes), yes], -1);
}

function prediction({ loss }: Experiment, output: Tensor): Tensor {
  return ofKind(losses, loss.kind).prediction?.(output) ?? output;
}
