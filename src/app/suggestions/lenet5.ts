import { insert, setFields, swap } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Bring it up to date: [relu](relu) instead of tanh, [max pooling](max) instead of the mean, and [dropout](dropout) before the last layer.",
    zh: "让它跟上时代：用 [relu](relu) 代替 tanh，用[最大池化](max)代替平均池化，在最后一层前加上 [Dropout](dropout)。",
  },
  moves: {
    relu: setFields(["conv_1", "conv_2", "dense_1", "dense_2"], "activation", "relu"),
    max: swap(["pool_1", "pool_2"], "MaxPooling2D"),
    dropout: insert("dropout", "Dropout", "dense_2"),
  },
};
