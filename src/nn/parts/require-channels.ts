import type { Tensor } from "../../graph/tensor.ts";
import type { LayerContext } from "../layer.ts";
import { requireNumbers } from "./require-numbers.ts";

/** Refuses an input that has no channels to be normalized: that is not f32 (B, …, C). */
export function requireChannels(x: Tensor, context: LayerContext): void {
  requireNumbers(x, context);
  if (x.shape.length > 1) return;
  context.refuse(
    {
      en: "it normalizes channels, but each sample of the input is one number; insert a Flatten, which makes it a list of one",
      zh: "该层按通道做归一化，但输入的每个样本是单个数；请插入 Flatten，把它变成长度为 1 的列表",
    },
    { kind: "insert", layer: "Flatten" },
  );
}
