import { add } from "../../src/graph/ops/add.ts";
import { conv2d } from "../../src/graph/ops/conv2d.ts";
import { dropout } from "../../src/graph/ops/dropout.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { maxPool2d } from "../../src/graph/ops/max-pool2d.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { softmaxCrossEntropy } from "../../src/graph/ops/softmax-cross-entropy.ts";
import { type Model, trainingStep } from "./model.ts";

/** Keras's simple convnet for MNIST: conv 32, pool, conv 64, pool, dropout, dense. */
export function convnet(batchSize = 64): Model {
  return trainingStep(batchSize, ({ parameter, batch, key }) => {
    const x = batch("images", [28, 28, 1], { dtype: "f32", below: 1 });
    const y = batch("labels", [], { dtype: "i32", below: 10 });
    const k1 = parameter("conv_1 kernel", [3, 3, 1, 32], 9);
    const b1 = parameter("conv_1 bias", [32], 9);
    const k2 = parameter("conv_2 kernel", [3, 3, 32, 64], 288);
    const b2 = parameter("conv_2 bias", [64], 288);
    const w = parameter("dense kernel", [1600, 10], 1600);
    const b = parameter("dense bias", [10], 1600);
    const h1 = maxPool2d(relu(add(conv2d(x, k1), b1)), { size: 2 });
    const h2 = maxPool2d(relu(add(conv2d(h1, k2), b2)), { size: 2 });
    const dropped = dropout(reshape(h2, [batchSize, 1600]), 0.5, key());
    return softmaxCrossEntropy(add(matmul(dropped, w), b), y);
  });
}
