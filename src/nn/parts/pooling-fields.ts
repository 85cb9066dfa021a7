import { auto, type Fields, integer, pair } from "../../schema/field.ts";
import { paddingField } from "./convolution-fields.ts";

const poolSize = {
  label: { en: "Window", zh: "窗口大小" },
  help: { en: "How much of the input is pooled into one value.", zh: "把多大范围的输入汇成一个值。" },
};

const strides = auto({
  label: { en: "Strides", zh: "步幅" },
  help: { en: "How far the window moves from one output to the next.", zh: "窗口从一个输出到下一个输出移动的距离。" },
  auto: { en: "The window's size: windows lie side by side.", zh: "等于窗口大小：各窗口紧挨着。" },
  min: 1,
  max: 1024,
  default: "auto",
});

const padding = {
  ...paddingField,
  help: {
    en: "same: windows at the edges may reach outside, where nothing counts; valid: only whole windows.",
    zh: "same：边缘的窗口可以伸到输入之外，外面的部分不计入；valid：只取完整的窗口。",
  },
};

/** Fields of poolings over sequences. */
export const sequencePoolingFields = {
  poolSize: integer({ ...poolSize, min: 1, max: 1024, default: 2 }),
  strides,
  padding,
} satisfies Fields;

/** Fields of poolings over images. */
export const imagePoolingFields = {
  poolSize: pair({ ...poolSize, min: 1, max: 64, default: 2 }),
  strides,
  padding,
} satisfies Fields;
