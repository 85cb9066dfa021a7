import { insert, remove, setFields } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Stack a [third block](third), give each [8 heads](heads), take its [positions](positions) away: how much does it lose when it cannot tell what came first?",
    zh: "叠加[第三个块](third)，每块用 [8 个头](heads)；去掉[位置编码](positions)：不知道先后顺序时，它会损失多少？",
  },
  moves: {
    third: insert("block_3", "TransformerBlock", "block_2", { heads: 4, causal: true }),
    heads: setFields(["block_1", "block_2"], "heads", 8),
    positions: remove("positions", "embedding"),
  },
};
