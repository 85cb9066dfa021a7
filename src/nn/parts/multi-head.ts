import { attention } from "../../graph/ops/attention.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { rotary } from "../../graph/ops/rotary.ts";
import { split } from "../../graph/ops/split.ts";
import { transpose } from "../../graph/ops/transpose.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { flag, integer } from "../../schema/field.ts";
import type { LayerContext } from "../layer.ts";
import { affine } from "./affine.ts";
import { nearestDivisor } from "./nearest-divisor.ts";
import { prefixed } from "./prefixed.ts";

export const headsField = integer({
  label: { en: "Heads", zh: "注意力头数" },
  help: {
    en: "How many attentions work side by side, each with its own part of the features.",
    zh: "并行工作的注意力个数，每个头使用自己的一部分特征。",
  },
  min: 1,
  max: 256,
  default: 4,
});

export const causalField = flag({
  label: { en: "Causal", zh: "因果掩码" },
  help: {
    en: "Each step sees only itself and those before it, so that the model can learn to predict the next.",
    zh: "每个位置只能看到自己和之前的位置，使模型能够学习预测下一个。",
  },
  default: false,
});

export interface Heads {
  readonly heads: number;
  /** Features of one head. */
  readonly headSize: number;
  /** Each step sees itself and those before it. */
  readonly causal: boolean;
  /** Turns queries and keys by their positions. */
  readonly rotary: boolean;
}

/**
 * Self-attention of Vaswani et al., "Attention is all you need" (2017): x (B, T, C) → (B, T, C). Queries, keys and
 * values come from one "qkvKernel" (C, 3·heads·headSize), in this order, and "qkvBias"; the heads, side by side, go
 * through "outputKernel" (heads·headSize, C) and "outputBias". PyTorch's in_proj_weightᵀ and out_proj.weightᵀ.
 */
export function selfAttention(x: Tensor, options: Heads, context: LayerContext): Tensor {
  const qkv = affine(x, 3 * options.heads * options.headSize, prefixed(context, "qkv"));
  const [queries, keys, values] = split(qkv, 3, 2) as [Tensor, Tensor, Tensor];
  return affine(attend(queries, keys, values, options), x.shape[2] as number, prefixed(context, "output"));
}

/**
 * Attention of a sequence to another, the memory: x (B, T, C), memory (B, S, M) → (B, T, C). Queries come from
 * "queryKernel" (C, heads·headSize), keys and values from "keyValueKernel" (M, 2·heads·headSize), in this order.
 */
export function crossAttention(x: Tensor, memory: Tensor, options: Heads, context: LayerContext): Tensor {
  const width = options.heads * options.headSize;
  const queries = affine(x, width, prefixed(context, "query"));
  const [keys, values] = split(affine(memory, 2 * width, prefixed(context, "keyValue")), 2, 2) as [Tensor, Tensor];
  return affine(attend(queries, keys, values, options), x.shape[2] as number, prefixed(context, "output"));
}

/** The features of one head, where all heads together have the channels of x; refuses heads that do not divide them. */
export function sharedHeadSize(channels: number, heads: number, context: LayerContext): number {
  if (channels % heads === 0) return channels / heads;
  const nearest = nearestDivisor(channels, heads);
  return context.refuse(
    {
      en: `the ${channels} channels of the input do not divide among ${heads} heads; set heads to ${nearest}`,
      zh: `输入的 ${channels} 个通道不能平均分给 ${heads} 个头；请把头数设为 ${nearest}`,
    },
    { kind: "set", field: "heads", value: nearest },
  );
}

/** (B, T, heads·D), (B, S, heads·D) twice → (B, T, heads·D) */
function attend(queries: Tensor, keys: Tensor, values: Tensor, { heads, causal, rotary: turned }: Heads): Tensor {
  const turn = (x: Tensor) => (turned ? rotary(x) : x);
  const [q, k, v] = [queries, keys, values].map((x) => byHead(x, heads)) as [Tensor, Tensor, Tensor];
  const y = attention(turn(q), turn(k), v, { causal });
  return reshape(transpose(y, [0, 2, 1, 3]), queries.shape);
}

/** (B, T, heads·D) → (B, heads, T, D) */
function byHead(x: Tensor, heads: number): Tensor {
  const [batch, steps, width] = x.shape as [number, number, number];
  return transpose(reshape(x, [batch, steps, heads, width / heads]), [0, 2, 1, 3]);
}
