import type { Tensor } from "../../graph/tensor.ts";
import { auto, type ConfigOf, type Fields, flag } from "../../schema/field.ts";
import { defineLayer, type LayerContext } from "../layer.ts";
import type { Repair } from "../model-error.ts";
import { dropoutField, droppedOut } from "../parts/inner-dropout.ts";
import { causalField, crossAttention, headsField, selfAttention, sharedHeadSize } from "../parts/multi-head.ts";
import { nearestDivisor } from "../parts/nearest-divisor.ts";
import { requireSequence } from "../parts/require-sequence.ts";

const fields = {
  heads: headsField,
  headSize: auto({
    label: { en: "Head size", zh: "每头特征数" },
    help: { en: "Features of one head.", zh: "每个注意力头的特征数。" },
    auto: { en: "The input's features divided among the heads.", zh: "输入特征数除以头数。" },
    min: 1,
    max: 1024,
    default: "auto",
  }),
  causal: causalField,
  dropout: dropoutField,
  rotary: flag({
    label: { en: "Rotary positions", zh: "旋转位置编码" },
    help: {
      en: "Turns queries and keys by their position, so that attention sees how far apart two steps are.",
      zh: "按位置旋转查询和键，使注意力能感知两个位置之间的距离。",
    },
    default: false,
  }),
} satisfies Fields;

/**
 * Attention of a sequence to itself, (B, T, C) → (B, T, C), or with a second input to that: (B, T, C), (B, S, M) →
 * (B, T, C). Dropout is on the output; PyTorch's is on the attention weights.
 */
export const multiHeadAttentionLayer = defineLayer({
  kind: "MultiHeadAttention",
  family: "attention",
  help: {
    en: "Every step looks at all others and takes from those that matter; with a second input, it looks at that one instead.",
    zh: "每个位置关注其他所有位置，并从重要的位置取得信息；有第二个输入时，则关注第二个输入。",
  },
  fields,
  inputs: { min: 1, max: 2 },
  build(config, [x, memory], context) {
    requireInputs(config, x, memory, context);
    const channels = x.shape[2] as number;
    const headSize = config.headSize === "auto" ? sharedHeadSize(channels, config.heads, context) : config.headSize;
    if (config.rotary && headSize % 2 !== 0) refuseOddHeads(config, channels, headSize, context);
    const heads = { ...config, headSize };
    const y = memory === undefined ? selfAttention(x, heads, context) : crossAttention(x, memory, heads, context);
    return droppedOut(y, "dropout", context);
  },
});

function requireInputs(
  { causal }: ConfigOf<typeof fields>,
  x: Tensor,
  memory: Tensor | undefined,
  context: LayerContext,
): void {
  if (memory === undefined) {
    requireSequence(x, context, { imageSteps: "pixels" });
    return;
  }
  requireSequence(x, context, {
    imageSteps: "pixels",
    name: { en: "the first input, the queries,", zh: "第一个输入（查询）" },
  });
  requireSequence(memory, context, {
    imageSteps: "pixels",
    name: { en: "the second input, the memory,", zh: "第二个输入（记忆）" },
  });
  if (!causal) return;
  context.refuse(
    {
      en: `it is causal, which hides the later steps of a sequence from itself, but its ${x.shape[1]} steps look at ${memory.shape[1]} of another; turn causal off`,
      zh: `因果掩码用于对序列自身隐藏后面的位置，但这里 ${x.shape[1]} 步的序列关注的是另一个 ${memory.shape[1]} 步的序列；请关闭因果掩码`,
    },
    { kind: "set", field: "causal", value: false },
  );
}

/** Rotary positions turn pairs of features, so a head needs an even number of them. */
function refuseOddHeads(
  { heads, headSize }: ConfigOf<typeof fields>,
  channels: number,
  size: number,
  context: LayerContext,
): never {
  const cures: Repair[] = [{ kind: "set", field: "rotary", value: false }];
  if (headSize !== "auto") cures.unshift({ kind: "set", field: "headSize", value: size + 1 });
  else if (channels % 2 === 0) {
    cures.unshift({ kind: "set", field: "heads", value: nearestDivisor(channels / 2, heads) });
  }
  return context.refuse(
    {
      en: `rotary positions turn pairs of features, but a head has ${size}; give an even head size, or turn rotary off`,
      zh: `旋转位置编码按特征对旋转，但每个头有 ${size} 个特征；请使用偶数的每头特征数，或关闭旋转位置编码`,
    },
    ...cures,
  );
}
