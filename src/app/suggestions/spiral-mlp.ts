import { insert, setFields, setOfData } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Make it [deeper](deeper), then use [tanh](tanh) and watch the edges soften. Are [three arms](arms) harder than two? And [more noise](noise)?",
    zh: "让网络[更深](deeper)，再换成 [tanh](tanh)，看边界如何变得柔和。[三条旋臂](arms)比两条更难吗？[更多噪声](noise)呢？",
  },
  moves: {
    deeper: insert("dense_deep", "Dense", "dense_2", { units: 32, activation: "relu" }),
    tanh: setFields(["dense_1", "dense_2"], "activation", "tanh"),
    arms: setOfData("arms", 3),
    noise: setOfData("noise", 0.08),
  },
};
