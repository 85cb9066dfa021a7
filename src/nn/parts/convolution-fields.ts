import { choice, type Fields, integer, pair } from "../../schema/field.ts";

export const filtersField = integer({
  label: { en: "Filters", zh: "卷积核个数" },
  help: { en: "Channels of the output: patterns that it looks for.", zh: "输出的通道数，即要寻找的模式个数。" },
  min: 1,
  max: 4096,
  default: 32,
});

export const paddingField = choice({
  label: { en: "Padding", zh: "填充" },
  help: {
    en: "same: zeros around the input, so that a stride of 1 keeps its size; valid: none, the output shrinks.",
    zh: "same：在输入四周补零，步幅为 1 时大小不变；valid：不填充，输出变小。",
  },
  options: ["valid", "same"],
  default: "valid",
});

export const groupsField = integer({
  label: { en: "Groups", zh: "分组数" },
  help: {
    en: "Parts of the channels that are convolved apart; it divides the input channels and the filters.",
    zh: "把通道分成几组分别卷积；须能整除输入通道数和卷积核个数。",
  },
  min: 1,
  max: 4096,
  default: 1,
});

export const depthMultiplierField = integer({
  label: { en: "Depth multiplier", zh: "深度乘数" },
  help: { en: "Output channels for each input channel.", zh: "每个输入通道对应的输出通道数。" },
  min: 1,
  max: 64,
  default: 1,
});

const kernelSize = {
  label: { en: "Kernel size", zh: "卷积核大小" },
  help: { en: "How much of the input each output sees.", zh: "每个输出能看到的输入范围。" },
};
const strides = {
  label: { en: "Strides", zh: "步幅" },
  help: { en: "How far the kernel moves from one output to the next.", zh: "卷积核从一个输出到下一个输出移动的距离。" },
};
const dilation = {
  label: { en: "Dilation", zh: "膨胀率" },
  help: {
    en: "Distance between two neighbours of the kernel in the input; 1: side by side.",
    zh: "卷积核相邻两点在输入中的间距；1 表示紧挨着。",
  },
};

/** Where the windows of a convolution over sequences lie. */
export const sequenceWindowFields = {
  kernelSize: integer({ ...kernelSize, min: 1, max: 1024, default: 3 }),
  strides: integer({ ...strides, min: 1, max: 1024, default: 1 }),
  padding: paddingField,
  dilation: integer({ ...dilation, min: 1, max: 1024, default: 1 }),
} satisfies Fields;

/** Where the windows of a convolution over images lie. */
export const imageWindowFields = {
  kernelSize: pair({ ...kernelSize, min: 1, max: 64, default: 3 }),
  strides: pair({ ...strides, min: 1, max: 64, default: 1 }),
  padding: paddingField,
  dilation: pair({ ...dilation, min: 1, max: 64, default: 1 }),
} satisfies Fields;
