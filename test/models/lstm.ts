import { add } from "../../src/graph/ops/add.ts";
import { embedding } from "../../src/graph/ops/embedding.ts";
import { lstm } from "../../src/graph/ops/lstm.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { softmaxCrossEntropy } from "../../src/graph/ops/softmax-cross-entropy.ts";
import { type Model, trainingStep } from "./model.ts";

/** A character model: embedding, one LSTM, the next character from its last state. */
export function lstmModel(batchSize = 64, steps = 32, hidden = 64, vocabulary = 65): Model {
  return trainingStep(batchSize, ({ parameter, batch }) => {
    const x = batch("text", [steps], { dtype: "i32", below: vocabulary });
    const y = batch("next", [], { dtype: "i32", below: vocabulary });
    const table = parameter("embedding", [vocabulary, hidden], hidden);
    const wx = parameter("lstm kernel", [hidden, 4 * hidden], hidden);
    const wh = parameter("lstm recurrent kernel", [hidden, 4 * hidden], hidden);
    const bias = parameter("lstm bias", [4 * hidden], hidden);
    const w = parameter("dense kernel", [hidden, vocabulary], hidden);
    const b = parameter("dense bias", [vocabulary], hidden);
    const { last } = lstm(embedding(table, x), { wx, wh, bias });
    return softmaxCrossEntropy(add(matmul(last, w), b), y);
  });
}
