import type { Tensor } from "../../graph/tensor.ts";
import type { LayerContext } from "../layer.ts";
import { sampleShape } from "./sample-shape.ts";

/** Refuses tokens where a layer computes with numbers: inputs that are not f32. */
export function requireNumbers(x: Tensor, { refuse }: Pick<LayerContext, "refuse">): void {
  if (x.dtype === "f32") return;
  refuse(
    {
      en: `takes numbers, but the input is ${sampleShape(x)} tokens; insert an Embedding before it`,
      zh: `需要数值，但输入是 ${sampleShape(x)} 的词元；请在前面插入 Embedding`,
    },
    { kind: "insert", layer: "Embedding" },
  );
}
