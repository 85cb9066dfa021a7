import { reshape } from "../../graph/ops/reshape.ts";
import { type Shape, sameShape, sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { LossContext } from "../loss.ts";
import { sampleShape } from "../parts/sample-shape.ts";
import { type Cure, joinPlaces, setOutputs } from "./output-cure.ts";

/**
 * The target of a loss of numbers in the output's shape. They must have as many numbers a sample, however arranged: (B)
 * fits (B, 1). Refuses labels and other sizes.
 */
export function numbersLike(output: Tensor, target: Tensor, context: LossContext): Tensor {
  requireNumbers(output, context);
  if (target.dtype !== "f32") {
    context.refuse({
      en: "this loss compares numbers, but the targets are labels; choose a loss of classes, such as categoricalCrossentropy",
      zh: "该损失函数比较数值，但目标是类别标签；请选用分类损失，例如 categoricalCrossentropy",
    });
  }
  const [given, wanted] = [output, target].map(({ shape }) => sizeOf(shape.slice(1))) as [number, number];
  if (output.shape[0] !== target.shape[0] || given !== wanted) refuseSize(output, target.shape, context);
  return reshape(target, output.shape);
}

/** Checks scores (B, …, C) against labels (B, …). Refuses targets that are numbers, other shapes, and C = 1. */
export function requireClasses(output: Tensor, labels: Tensor, context: LossContext): void {
  requireNumbers(output, context);
  requireLabels(labels, context);
  const positions = output.shape.slice(0, -1);
  if (output.shape.length < 2 || !sameShape(positions, labels.shape)) {
    refuseLabels(output, labels, context.classes, context);
  }
  const { classes } = context;
  const given = output.shape.at(-1) as number;
  if (classes !== undefined && given < classes) {
    const { text, repairs } = setOutputs(classes, context);
    context.refuse(
      {
        en: `there ${given === 1 ? "is one output" : `are ${given} outputs`} for ${classes} classes, and each class needs its own; ${text.en}${classes === 2 ? ", or take binaryCrossentropy" : ""}`,
        zh: `共有 ${classes} 个类别，却只有 ${given} 个输出，而每个类别需要一个输出；请${text.zh}${classes === 2 ? "，或改用 binaryCrossentropy" : ""}`,
      },
      ...repairs,
    );
  }
  if (given === 1) {
    context.refuse({
      en: "there is a single output, but this loss wants one a class; end the model with a Dense of as many units as there are classes, or take binaryCrossentropy for two classes",
      zh: "只有一个输出，而该损失函数需要每个类别一个输出；请以 units 为类别数的 Dense 结尾，二分类也可改用 binaryCrossentropy",
    });
  }
}

/** Whether the output is a single score for each label: (B, …) or (B, …, 1) for labels (B, …). */
export function isSingleScore({ shape }: Tensor, labels: Tensor): boolean {
  return sameShape(shape, labels.shape) || sameShape(shape, [...labels.shape, 1]);
}

/** Checks that there is a single score for each label, of two classes. */
export function requireSingleScore(output: Tensor, labels: Tensor, context: LossContext): void {
  requireNumbers(output, context);
  const { classes = 2 } = context;
  if (classes > 2) {
    context.refuse({
      en: `this loss is for two classes, and the data has ${classes}; take categoricalCrossentropy, with ${classes} outputs`,
      zh: `该损失函数用于二分类，而数据有 ${classes} 个类别；请改用 categoricalCrossentropy，并设 ${classes} 个输出`,
    });
  }
  if (isSingleScore(output, labels)) return;
  if (!sameShape(output.shape.slice(0, -1), labels.shape)) refuseLabels(output, labels, 1, context);
  const { text, repairs } = setOutputs(1, context);
  context.refuse(
    {
      en: `there are ${output.shape.at(-1)} outputs, but this loss takes one for each label, for two classes; ${text.en}, or take categoricalCrossentropy`,
      zh: `有 ${output.shape.at(-1)} 个输出，而该损失函数用于二分类，每个标签只需一个输出；请${text.zh}，或改用 categoricalCrossentropy`,
    },
    ...repairs,
  );
}

/** Checks that the target's numbers are probabilities: below 0 or above 1 the loss has no least value, and falls without end. */
export function requireProbabilities(context: LossContext): void {
  const range = context.targetRange();
  if (range[0] >= 0 && range[1] <= 1) return;
  // As many digits as tell numbers of f32 apart, near enough.
  const [least, largest] = range.map((value) => Number(value.toPrecision(7))) as [number, number];
  context.refuse({
    en: `this loss is for targets from 0 to 1, but these go from ${least} to ${largest}; choose meanSquaredError`,
    zh: `该损失函数的目标应在 0 到 1 之间，而这里的目标从 ${least} 到 ${largest}；请改用 meanSquaredError`,
  });
}

/** Refuses an output that is tokens. */
export function requireNumbers({ dtype }: Tensor, context: LossContext): void {
  if (dtype === "f32") return;
  context.refuse({
    en: "the model gives tokens, as they came in; put layers with parameters between, such as Embedding and Dense",
    zh: "模型直接输出了输入的词元；请在中间加入带参数的层，例如 Embedding 和 Dense",
  });
}

function requireLabels({ dtype }: Tensor, context: LossContext): void {
  if (dtype !== "f32") return;
  context.refuse({
    en: "this loss is for labels, but the targets are numbers; choose a loss of numbers, such as meanSquaredError",
    zh: "该损失函数用于类别标签，但目标是数值；请选用数值损失，例如 meanSquaredError",
  });
}

/** Says how many numbers there are and how many there should be; the cure is a flattening, or another number of outputs. */
function refuseSize(output: Tensor, target: Shape, context: LossContext): never {
  const [given, wanted] = [sampleShape(output), sampleShape({ shape: target })];
  const refuse = ({ text, repairs }: Cure) =>
    context.refuse(
      {
        en: `the output is ${given} a sample, the target ${wanted}; ${text.en}`,
        zh: `每个样本的输出为 ${given}，而目标为 ${wanted}；请${text.zh}`,
      },
      ...repairs,
    );
  const size = sizeOf(target.slice(1));
  const hasPlaces = output.shape.length > 2;
  if (hasPlaces && target.length <= 2) return refuse(joinPlaces(size, output.shape.at(-1) === size, context));
  const onlyLast = output.shape.length === target.length && sameShape(output.shape.slice(0, -1), target.slice(0, -1));
  if (hasPlaces && !onlyLast) {
    const text = { en: "change the model until both have one shape", zh: "调整模型，使两者形状一致" };
    return refuse({ text, repairs: [] });
  }
  return refuse(setOutputs(onlyLast ? (target.at(-1) as number) : size, context));
}

/** Refuses an output whose places are not those of the labels; `outputs` are wanted at each, if that is known. */
function refuseLabels(output: Tensor, labels: Tensor, outputs: number | undefined, context: LossContext): never {
  const given = sampleShape(output);
  if (labels.shape.length === 1) {
    if (output.shape.length > 2) {
      const { text, repairs } = joinPlaces(outputs, output.shape.at(-1) === outputs, context);
      return context.refuse(
        {
          en: `the output is ${given} a sample, but there is one label a sample; ${text.en}`,
          zh: `每个样本的输出为 ${given}，但每个样本只有一个标签；请${text.zh}`,
        },
        ...repairs,
      );
    }
    return context.refuse({
      en: `the output is ${given} a sample, but a score for each class is wanted; end it with a Dense layer`,
      zh: `每个样本的输出为 ${given}，但需要每个类别一个得分；请以 Dense 层结尾`,
    });
  }
  const positions = sampleShape(labels);
  return context.refuse({
    en: `the output is ${given} a sample, but each sample has ${positions} labels; it must be ${positions}×classes: let recurrent layers give the whole sequence, and leave out what flattens or shortens it`,
    zh: `每个样本的输出为 ${given}，但每个样本有 ${positions} 个标签，输出应为 ${positions}×类别数；请让循环层输出整个序列，并去掉展平或缩短序列的层`,
  });
}
