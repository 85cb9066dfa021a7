import { optimizeWith, setFields } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Let [Adam](adam) take the steps, make the layers [four times as wide](wide), or use [relu](relu) and see the surface fold along straight lines.",
    zh: "改用 [Adam](adam) 优化，把各层[加宽到四倍](wide)，或换成 [relu](relu)，看曲面沿直线折叠。",
  },
  moves: {
    adam: optimizeWith("adam", 0.01),
    wide: setFields(["dense_1", "dense_2"], "units", 64),
    relu: setFields(["dense_1", "dense_2"], "activation", "relu"),
  },
};
