import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { mul } from "../../graph/ops/mul.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { defineOptimizer } from "../optimizer.ts";
import { decayField, epsilonField } from "./optimizer-fields.ts";
import { runningMean } from "./running-mean.ts";

/**
 * RMSProp (Tieleman and Hinton, 2012, lecture 6e): v = α · v + (1 - α) · g², then p - rate · g / (√v + ε). PyTorch's:
 * epsilon outside the root, α 0.99, neither centred nor with momentum.
 */
export const rmsprop = defineOptimizer({
  kind: "rmsprop",
  label: { en: "RMSprop", zh: "RMSprop" },
  help: {
    en: "Divides each gradient by the size it had lately.",
    zh: "用梯度近期的均方根来缩放每个参数的步长。",
  },
  fields: {
    alpha: decayField(
      { en: "α", zh: "α" },
      {
        en: "How slowly the running mean of the squared gradient changes.",
        zh: "梯度平方滑动平均的衰减率，越大变化越慢。",
      },
      0.99,
    ),
    epsilon: epsilonField(1e-8),
  },
  learningRate: 0.001,
  decay: "gradient",
  update: ({ parameter, gradient, rate, options, state }) => {
    const meanSquare = runningMean(state("mean square"), square(gradient), options.alpha);
    return sub(parameter, mul(rate, div(gradient, add(sqrt(meanSquare), options.epsilon))));
  },
});
