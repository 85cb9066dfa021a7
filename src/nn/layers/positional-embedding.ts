import { add } from "../../graph/ops/add.ts";
import { constant } from "../../graph/ops/constant.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { choice } from "../../schema/field.ts";
import { normalOf } from "../initializers.ts";
import { defineLayer } from "../layer.ts";
import { requireSequence } from "../parts/require-sequence.ts";

/** Adds a vector to each step that tells its position: (B, T, C) → (B, T, C). Learned: "table" (T, C). */
export const positionalEmbeddingLayer = defineLayer({
  kind: "PositionalEmbedding",
  family: "attention",
  help: {
    en: "Adds to each step of a sequence a vector that tells its position, which attention alone does not see.",
    zh: "给序列的每个位置加上表示其位置的向量；注意力本身看不到位置。",
  },
  fields: {
    kind: choice({
      label: { en: "Kind", zh: "类型" },
      help: {
        en: "Learned: a vector of its own for each position. Sinusoidal: fixed waves of different lengths.",
        zh: "learned：每个位置学习一个向量；sinusoidal：使用不同波长的固定正弦波。",
      },
      options: ["learned", "sinusoidal"],
      words: {
        learned: { en: "learned", zh: "可学习" },
        sinusoidal: { en: "sinusoidal", zh: "正弦" },
      },
      default: "learned",
    }),
  },
  build({ kind }, [x], context) {
    requireSequence(x, context, { imageSteps: "pixels" });
    const [, steps, features] = x.shape as [number, number, number];
    // A deviation of 0.02, as GPT-2 has it.
    const learned = () => context.parameter("table", [steps, features], normalOf(0.02));
    return add(x, kind === "learned" ? learned() : sinusoids(steps, features));
  },
});

/**
 * (T, C): the features 2i and 2i + 1 of position t are sin and cos of t / 10000^(2i / C).
 * Source: Vaswani et al., "Attention is all you need" (2017), section 3.5.
 */
function sinusoids(steps: number, features: number): Tensor {
  const values = Array.from({ length: steps * features }, (_, k) => {
    const feature = k % features;
    const angle = Math.floor(k / features) / 10000 ** ((feature - (feature % 2)) / features);
    return Math.fround(feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
  });
  return constant(values, [steps, features]);
}
