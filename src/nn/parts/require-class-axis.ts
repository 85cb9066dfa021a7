import type { Tensor } from "../../graph/tensor.ts";
import type { LayerContext } from "../layer.ts";

/** Refuses a softmax of samples that are one number each: it would run over the batch. */
export function requireClassAxis(x: Tensor, { refuse }: LayerContext): void {
  if (x.shape.length > 1) return;
  refuse(
    {
      en: "each sample of its input is a single number, and a softmax weighs several against each other; remove the softmax, or put a layer with a unit a class before it",
      zh: "它的输入中每个样本只有一个数，而 softmax 需要在多个数之间归一化；请移除 softmax，或在前面加一个每个类别对应一个单元的层",
    },
    { kind: "remove" },
  );
}
