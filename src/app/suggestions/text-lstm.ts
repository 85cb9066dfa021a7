import { insert, setOfData, swap } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Put a [second LSTM](second) on top, use a [GRU](gru), read [longer windows](long), or add [dropout](dropout) before the last layer.",
    zh: "叠加[第二个 LSTM](second)，换成 [GRU](gru)，读取[更长的窗口](long)，或在最后一层前加上 [Dropout](dropout)。",
  },
  moves: {
    second: insert("lstm_2", "LSTM", "lstm", { units: 128, returns: "sequence" }),
    gru: swap(["lstm"], "GRU"),
    long: setOfData("length", 128),
    dropout: insert("dropout", "Dropout", "lstm", { rate: 0.2 }),
  },
};
