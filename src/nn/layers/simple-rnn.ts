import { simpleRnn } from "../../graph/ops/simple-rnn.ts";
import { defineLayer } from "../layer.ts";
import { recurrent, recurrentFields, recurrentWeights } from "../parts/recurrent.ts";

/** h_t = tanh(x_t·kernel + h_(t-1)·recurrentKernel + bias). (B, T, F) → (B, H) or (B, T, H). */
export const simpleRnnLayer = defineLayer({
  kind: "SimpleRNN",
  family: "recurrent",
  help: {
    en: "Reads a sequence step by step with one state; simple, but forgets what lies far back.",
    zh: "用一个状态逐步读取序列；结构简单，但容易忘记较早的内容。",
  },
  fields: recurrentFields,
  build: (config, [x], context) =>
    recurrent(x, config, context, (direction, reverse) =>
      simpleRnn(x, recurrentWeights(x, 1, config, direction), { reverse }),
    ),
});
