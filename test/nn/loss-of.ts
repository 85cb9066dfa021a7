import { div } from "../../src/graph/ops/div.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { sizeOf, type Tensor } from "../../src/graph/tensor.ts";
import { denseLayer } from "../../src/nn/layers/dense.ts";
import type { Loss, LossContext, LossValues } from "../../src/nn/loss.ts";
import { losses } from "../../src/nn/losses.ts";
import { ModelError } from "../../src/nn/model-error.ts";

const context: LossContext = {
  classes: undefined,
  gaps: true,
  targetRange: () => [0, 1],
  last: { layer: denseLayer, config: {} },
  refuse: (text, ...repairs) => {
    throw new ModelError("shape", text, { layer: "Dense", node: "last" }, repairs);
  },
};

/**
 * The values of a loss; what its config leaves out has the fields' defaults. Labels may be −1, and there may be any
 * number of classes, numbers are from 0 to 1, and the last layer is a Dense, unless `about` says otherwise. Refuses with
 * a `ModelError`.
 */
export function lossValues(
  kind: string,
  output: Tensor,
  target: Tensor,
  config: object = {},
  about: Partial<LossContext> = {},
): LossValues {
  const loss = losses.find((entry) => entry.kind === kind) as Loss;
  const defaults = Object.fromEntries(Object.entries(loss.fields).map(([name, field]) => [name, field.default]));
  return loss.build({ ...defaults, ...config }, output, target, { ...context, ...about });
}

/** What a step minimises: Σ values / Σ weights. */
export function meanLoss({ values, weights }: LossValues): Tensor {
  return div(sum(values), weights === undefined ? sizeOf(values.shape) : sum(weights));
}
