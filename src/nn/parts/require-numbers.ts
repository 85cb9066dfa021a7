import type { Tensor } from "../../graph/tensor.ts";
import type { Text } from "../../schema/text.ts";
import type { LayerContext } from "../layer.ts";
import { sampleTokens } from "./sample-tokens.ts";

/**
 * Refuses tokens where a layer computes with numbers: inputs that are not f32. A name sets one of several inputs apart;
 * then there is no repair, because an insertion cannot say which of them it is for.
 */
export function requireNumbers(x: Tensor, { refuse }: Pick<LayerContext, "refuse">, name?: Text): void {
  if (x.dtype === "f32") return;
  const what = name ?? { en: "the input", zh: "输入" };
  const tokens = sampleTokens(x);
  refuse(
    {
      en: `it takes numbers, but ${what.en} is ${tokens.en}; insert an Embedding before it`,
      zh: `该层需要数值，但${what.zh}是${tokens.zh}；请在前面插入 Embedding`,
    },
    ...(name === undefined ? [{ kind: "insert", layer: "Embedding" } as const] : []),
  );
}
