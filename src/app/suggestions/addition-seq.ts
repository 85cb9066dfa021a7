import { remove, setOfData } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Let it write the answers [from the left](left), as people do: why is that harder? Try [two digits](two), or leave it [one block](one).",
    zh: "让它像人一样[从左到右](left)写答案：为什么更难？试试[两位数](two)，或只留[一个块](one)。",
  },
  moves: {
    left: setOfData("reversed", false),
    two: setOfData("digits", 2),
    one: remove("block_2", "block_1"),
  },
};
