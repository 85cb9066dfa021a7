import { insert, remove, setFields, setOfData, together } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Swap the pooling for [stride 2](stride), add [batch norm](norm) after each convolution, or see how little data it needs with [500 samples](few).",
    zh: "用[步幅 2](stride) 代替池化，在每个卷积后加上[批归一化](norm)，或只用 [500 个样本](few)，看它需要多少数据。",
  },
  moves: {
    stride: together(
      setFields(["conv_1", "conv_2"], "strides", 2),
      remove("pool_1", "conv_1"),
      remove("pool_2", "conv_2"),
    ),
    norm: together(insert("norm_1", "BatchNorm", "conv_1"), insert("norm_2", "BatchNorm", "conv_2")),
    few: setOfData("samples", 500),
  },
};
