import { formatShape, type Shape, sizeOf, type Tensor } from "../../graph/tensor.ts";
import type { Text } from "../../schema/text.ts";
import type { LayerContext } from "../layer.ts";
import type { Repair } from "../model-error.ts";
import { sampleShape } from "./sample-shape.ts";
import { sampleTokens } from "./sample-tokens.ts";

export interface SequenceRequirement {
  /** What an image is read as: a step for each row of pixels, or for each pixel. */
  readonly imageSteps: "rows" | "pixels";
  /**
   * Sets one of several inputs apart. Then there is no repair, because an insertion cannot say which of them it is for.
   */
  readonly name?: Text;
}

/** Refuses what is not a sequence of numbers, f32 (B, T, C); the repair inserts Embedding or Reshape. */
export function requireSequence(x: Tensor, context: LayerContext, { imageSteps, name }: SequenceRequirement): void {
  if (x.dtype === "f32" && x.shape.length === 3) return;
  const what = name ?? { en: "the input", zh: "输入" };
  const shape = sampleShape(x);
  const insert = (repair: Repair): readonly Repair[] => (name === undefined ? [repair] : []);
  if (x.dtype !== "f32") {
    const tokens = sampleTokens(x);
    context.refuse(
      {
        en: `it takes a sequence of numbers, steps×channels, but ${what.en} is ${tokens.en}; insert an Embedding before it`,
        zh: `该层需要由数值组成的序列（步数×通道），但${what.zh}是${tokens.zh}；请在前面插入 Embedding`,
      },
      ...insert({ kind: "insert", layer: "Embedding" }),
    );
  }
  const target = asSequence(x.shape.slice(1), imageSteps);
  const to = formatShape(target);
  const afterRecurrent = {
    en: "set returns to sequence on the layer before, if that is a recurrent one, or ",
    zh: "如果前一层是循环层，请把它的“返回”设为 sequence；否则",
  };
  const first = x.shape.length < 3 ? afterRecurrent : { en: "", zh: "" };
  context.refuse(
    {
      en: `it takes a sequence, steps×channels, but ${what.en} has the shape ${shape}; ${first.en}insert a Reshape to ${to}`,
      zh: `该层需要序列（步数×通道），但${what.zh}的形状是 ${shape}；${first.zh}请插入 Reshape，变为 ${to}`,
    },
    ...insert({ kind: "insert", layer: "Reshape", config: { shape: target } }),
  );
}

/** The same numbers as steps×channels: those of a vector one after another, an image by its rows or pixels. */
function asSequence(sample: Shape, imageSteps: "rows" | "pixels"): Shape {
  if (sample.length < 3) return [sizeOf(sample), 1];
  const axes = imageSteps === "rows" ? 1 : sample.length - 1;
  return [sizeOf(sample.slice(0, axes)), sizeOf(sample.slice(axes))];
}
