import { groupNorm } from "../../graph/ops/group-norm.ts";
import { integer } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { epsilonField } from "../parts/epsilon-field.ts";
import { nearestDivisor } from "../parts/nearest-divisor.ts";
import { requireChannels } from "../parts/require-channels.ts";
import { sampleShape } from "../parts/sample-shape.ts";
import { scaleAndShift } from "../parts/scale-and-shift.ts";

/** (x - mean) / √(variance + epsilon) · scale + shift over each sample's groups of channels: (B, …, C) → (B, …, C). */
export const groupNormLayer = defineLayer({
  kind: "GroupNorm",
  family: "normalization",
  help: {
    en: "Brings groups of channels of each sample to mean 0 and variance 1, whatever the batch size.",
    zh: "把每个样本的各组通道归一化为均值 0、方差 1，与批量大小无关。",
  },
  fields: {
    groups: integer({
      label: { en: "Groups", zh: "组数" },
      help: {
        en: "How many groups the channels make; it divides their number.",
        zh: "通道分成多少组；必须整除通道数。",
      },
      min: 1,
      max: 4096,
      default: 8,
    }),
    epsilon: epsilonField,
  },
  build({ groups, epsilon }, [x], context) {
    requireChannels(x, context);
    const channels = x.shape.at(-1) as number;
    if (channels % groups !== 0) {
      const shape = sampleShape(x);
      const nearest = nearestDivisor(channels, groups);
      context.refuse(
        {
          en: `the ${channels} channels of the input (${shape}) do not make ${groups} groups; set groups to ${nearest}`,
          zh: `输入（${shape}）的 ${channels} 个通道不能平均分成 ${groups} 组；请把组数设为 ${nearest}`,
        },
        { kind: "set", field: "groups", value: nearest },
      );
    }
    return groupNorm(x, groups, { ...scaleAndShift(channels, context), epsilon });
  },
});
