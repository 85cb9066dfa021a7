import { setOfData, swap } from "./moves.ts";
import type { Suggestions } from "./suggestion.ts";

export const suggestions: Suggestions = {
  text: {
    en: "Swap the LSTM for a [GRU](gru) or a [plain RNN](rnn) and compare the curves, look [16 steps ahead](far), or mix [five waves](waves).",
    zh: "把 LSTM 换成 [GRU](gru) 或[普通 RNN](rnn)，比较损失曲线；[预测 16 步](far)，或混合[五个波](waves)。",
  },
  moves: {
    gru: swap(["lstm"], "GRU"),
    rnn: swap(["lstm"], "SimpleRNN"),
    far: setOfData("horizon", 16),
    waves: setOfData("waves", 5),
  },
};
