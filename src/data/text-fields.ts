import { type Fields, integer, number } from "../schema/field.ts";

// Fields of data sets whose samples are windows of a text; `textDataset` takes their values.

export const textFields = {
  length: integer({
    label: { en: "Window", zh: "窗口长度" },
    help: { en: "How many characters a sample has.", zh: "每个样本包含多少个字符。" },
    min: 1,
    max: 4096,
    default: 64,
  }),
  stride: integer({
    label: { en: "Stride", zh: "步幅" },
    help: {
      en: "How many characters later the next training sample begins.",
      zh: "下一个训练样本比上一个向后移动多少个字符。",
    },
    min: 1,
    max: 4096,
    default: 1,
  }),
  validation: number({
    label: { en: "Validation", zh: "验证集比例" },
    help: {
      en: "The fraction of the text, at its end, that is kept from training.",
      zh: "文本末尾不参与训练、留作验证的部分所占比例。",
    },
    min: 0.01,
    max: 0.9,
    default: 0.1,
  }),
} satisfies Fields;
