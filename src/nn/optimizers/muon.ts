import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { matmul } from "../../graph/ops/matmul.ts";
import { mul } from "../../graph/ops/mul.ts";
import { reshape } from "../../graph/ops/reshape.ts";
import { sqrt } from "../../graph/ops/sqrt.ts";
import { square } from "../../graph/ops/square.ts";
import { sub } from "../../graph/ops/sub.ts";
import { sum } from "../../graph/ops/sum.ts";
import { nameOfVariable } from "../../graph/ops/variable.ts";
import { sizeOf, type Tensor } from "../../graph/tensor.ts";
import { number } from "../../schema/field.ts";
import { defineOptimizer } from "../optimizer.ts";
import { adamChange } from "./adam-change.ts";
import { beta1Field, beta2Field, epsilonField, momentumField } from "./optimizer-fields.ts";
import { mixed, runningMean } from "./running-mean.ts";

/** Coefficients of the quintic, tuned by Jordan for speed: they bring singular values near 1, not to it. */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const ITERATIONS = 5;

/**
 * Muon (Jordan et al., 2024, "Muon: An optimizer for hidden layers in neural networks"): the running mean of a matrix's
 * gradient, looked ahead as Nesterov's, is made orthogonal by Newton and Schulz's iteration; the step is
 * rate · √max(1, outputs / inputs) times that. Kernels of more axes are flattened to (inputs, outputs), the last axis
 * being the outputs; these are the columns here and the rows in Jordan's code.
 *
 * Vectors, scalars and embedding tables ("<node>.table") have Adam, at `adamFactor` times the rate, as in his code. So
 * should a model's last layer, by his advice, but a name does not tell it. Weight decay apart from the gradient.
 */
export const muon = defineOptimizer({
  kind: "muon",
  label: { en: "Muon", zh: "Muon" },
  help: {
    en: "Steps of matrices are made orthogonal, so that all directions learn alike; vectors and embeddings have Adam.",
    zh: "对矩阵的更新做正交化，使各个方向同等学习；向量和嵌入表则使用 Adam。",
  },
  fields: {
    momentum: momentumField(0.95),
    adamFactor: number({
      label: { en: "Adam's share", zh: "Adam 学习率系数" },
      help: {
        en: "The learning rate of vectors and embeddings, as a share of that of matrices.",
        zh: "向量和嵌入表的学习率与矩阵学习率之比。",
      },
      min: 0,
      max: 1000,
      default: 0.015,
      live: true,
      scale: "log",
    }),
    beta1: beta1Field(0.9),
    beta2: beta2Field(0.95),
    epsilon: epsilonField(1e-10),
  },
  learningRate: 0.02,
  decay: "parameter",
  update: (context) => {
    const { parameter, gradient, rate, options, state } = context;
    if (!isHiddenMatrix(parameter)) {
      return sub(parameter, adamChange({ ...context, rate: mul(rate, options.adamFactor) }));
    }
    const mean = runningMean(state("momentum"), gradient, options.momentum);
    const ahead = mixed(mean, gradient, options.momentum);
    const outputs = parameter.shape.at(-1) as number;
    const inputs = sizeOf(parameter.shape) / outputs;
    const direction = reshape(orthogonalized(reshape(ahead, [inputs, outputs])), parameter.shape);
    return sub(parameter, mul(mul(rate, Math.sqrt(Math.max(1, outputs / inputs))), direction));
  },
});

function isHiddenMatrix(parameter: Tensor): boolean {
  return parameter.shape.length >= 2 && nameOfVariable(parameter).split(".").at(-1) !== "table";
}

/**
 * A matrix near U·Vᵀ for x = U·S·Vᵀ, of the same shape. Five times X ← a·X + (b·G + c·G²)·X with G = X·Xᵀ, on the
 * shorter side.
 */
function orthogonalized(x: Tensor): Tensor {
  const [rows, columns] = x.shape as [number, number];
  let result = div(x, add(sqrt(sum(square(x))), 1e-7));
  for (let k = 0; k < ITERATIONS; k++) {
    const wide = rows <= columns;
    const gram = matmul(result, result, wide ? { transposeB: true } : { transposeA: true });
    const polynomial = add(mul(gram, B), mul(matmul(gram, gram), C));
    const turned = wide ? matmul(polynomial, result) : matmul(result, polynomial);
    result = add(mul(result, A), turned);
  }
  return result;
}
