import { add } from "../../graph/ops/add.ts";
import { layerNorm } from "../../graph/ops/layer-norm.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { auto, choice } from "../../schema/field.ts";
import { activationField } from "../activations.ts";
import { defineLayer } from "../layer.ts";
import { affine } from "../parts/affine.ts";
import { dropoutField, droppedOut } from "../parts/inner-dropout.ts";
import { causalField, headsField, selfAttention, sharedHeadSize } from "../parts/multi-head.ts";
import { prefixed } from "../parts/prefixed.ts";
import { requireSequence } from "../parts/require-sequence.ts";
import { scaleAndShift } from "../parts/scale-and-shift.ts";

/**
 * Self-attention, then a dense layer up and one down at each position, each with a way round it:
 * pre: h = x + attention(norm(x)), y = h + mlp(norm(h)); post: h = norm(x + attention(x)), y = norm(h + mlp(h)).
 * (B, T, C) → (B, T, C). It is PyTorch's TransformerEncoderLayer, whose in_proj, out_proj, linear1, linear2, norm1 and
 * norm2 are qkv, output, up, down, attentionNorm and mlpNorm here, but for the dropout of attention weights.
 */
export const transformerBlockLayer = defineLayer({
  kind: "TransformerBlock",
  family: "block",
  help: {
    en: "Attention among the steps, then two dense layers at each of them, both normalized and with a skip connection.",
    zh: "先在各位置之间做注意力，再在每个位置经过两个全连接层；两部分都带归一化和残差连接。",
  },
  fields: {
    heads: headsField,
    mlpWidth: auto({
      label: { en: "MLP width", zh: "前馈层宽度" },
      help: { en: "Units between the two dense layers.", zh: "两个全连接层之间的单元数。" },
      auto: { en: "Four times the input's features.", zh: "输入特征数的四倍。" },
      min: 1,
      max: 65536,
      default: "auto",
    }),
    activation: activationField("gelu"),
    causal: causalField,
    dropout: dropoutField,
    norm: choice({
      label: { en: "Normalization", zh: "归一化位置" },
      help: {
        en: "Before each part (pre), which trains more easily, or after each skip connection (post), as first published.",
        zh: "放在每个部分之前（pre，更容易训练），或放在每个残差连接之后（post，与最初的论文相同）。",
      },
      options: ["pre", "post"],
      default: "pre",
    }),
  },
  build({ heads, mlpWidth, activation, causal, norm }, [x], context) {
    requireSequence(x, context, { imageSteps: "pixels" });
    const channels = x.shape[2] as number;
    const headSize = sharedHeadSize(channels, heads, context);
    const attend = (input: Tensor) => selfAttention(input, { heads, headSize, causal, rotary: false }, context);
    const mlp = (input: Tensor) => {
      const width = mlpWidth === "auto" ? 4 * channels : mlpWidth;
      const inner = affine(input, width, prefixed(context, "up"), activation);
      return affine(droppedOut(inner, "mlpInner", context), channels, prefixed(context, "down"));
    };
    const around = (input: Tensor, part: (input: Tensor) => Tensor, name: string) => {
      const learnt = scaleAndShift(channels, prefixed(context, `${name}Norm`));
      const normalized = (tensor: Tensor) => layerNorm(tensor, learnt);
      const y = add(input, droppedOut(part(norm === "pre" ? normalized(input) : input), name, context));
      return norm === "pre" ? y : normalized(y);
    };
    return around(around(x, attend, "attention"), mlp, "mlp");
  },
});
