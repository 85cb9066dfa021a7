import { add } from "../../src/graph/ops/add.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { softmaxCrossEntropy } from "../../src/graph/ops/softmax-cross-entropy.ts";
import { type Model, trainingStep } from "./model.ts";

/** Two dense layers: features → hidden, relu → 10 classes. */
export function mlp(batchSize = 64, features = 784, hidden = 128): Model {
  return trainingStep(batchSize, ({ parameter, batch }) => {
    const x = batch("images", [features], { dtype: "f32", below: 1 });
    const y = batch("labels", [], { dtype: "i32", below: 10 });
    const w1 = parameter("dense_1 kernel", [features, hidden], features);
    const b1 = parameter("dense_1 bias", [hidden], features);
    const w2 = parameter("dense_2 kernel", [hidden, 10], hidden);
    const b2 = parameter("dense_2 bias", [10], hidden);
    const h = relu(add(matmul(x, w1), b1));
    return softmaxCrossEntropy(add(matmul(h, w2), b2), y);
  });
}
