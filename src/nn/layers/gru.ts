import { gru } from "../../graph/ops/gru.ts";
import { flag } from "../../schema/field.ts";
import { zeros } from "../initializer.ts";
import { defineLayer } from "../layer.ts";
import { recurrent, recurrentFields, recurrentWeights } from "../parts/recurrent.ts";

/**
 * A gated recurrent unit, with its gates in the order reset, update, candidate. (B, T, F) → (B, H) or (B, T, H).
 * With the reset after the product it has a "recurrentBias" (3H) beside "bias": PyTorch's two biases.
 */
export const gruLayer = defineLayer({
  kind: "GRU",
  family: "recurrent",
  help: {
    en: "Reads a sequence step by step; two gates decide what its state forgets and takes in.",
    zh: "逐步读取序列；由两个门决定状态遗忘什么、吸收什么。",
  },
  fields: {
    ...recurrentFields,
    resetAfter: flag({
      label: { en: "Reset after", zh: "后置重置门" },
      help: {
        en: "The reset gate acts after the product with the state, as in PyTorch; off: before it, as first published.",
        zh: "重置门作用在状态的矩阵乘积之后（与 PyTorch 相同）；关闭则作用在乘积之前（与最初的论文相同）。",
      },
      default: true,
    }),
  },
  build: (config, [x], context) =>
    recurrent(x, config, context, (direction, reverse) => {
      const { resetAfter, units } = config;
      const weights = recurrentWeights(x, 3, config, direction);
      const recurrentBias = resetAfter ? direction.parameter("recurrentBias", [3 * units], zeros) : undefined;
      return gru(x, { ...weights, recurrentBias }, { reverse, resetAfter });
    }),
});
