import { setFields, setOfData, swap } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Read it [both ways](both), get by with [8 units](small), use an [LSTM](lstm), or drown the waves in [noise](noise).",
    zh: "[双向](both)读取，只用 [8 个单元](small)，换成 [LSTM](lstm)，或把波形淹没在[噪声](noise)里。",
  },
  moves: {
    both: setFields(["gru"], "bidirectional", true),
    small: setFields(["gru"], "units", 8),
    lstm: swap(["gru"], "LSTM"),
    noise: setOfData("noise", 0.4),
  },
};
