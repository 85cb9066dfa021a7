import { lstm } from "../../graph/ops/lstm.ts";
import { flag } from "../../schema/field.ts";
import { type Initializer, zeros } from "../initializer.ts";
import { defineLayer } from "../layer.ts";
import { recurrent, recurrentFields, recurrentWeights } from "../parts/recurrent.ts";

/**
 * A long short-term memory, with its gates in the order input, forget, cell, output; one "bias" (4H), PyTorch's two
 * added up. (B, T, F) → (B, H) or (B, T, H).
 */
export const lstmLayer = defineLayer({
  kind: "LSTM",
  family: "recurrent",
  help: {
    en: "Reads a sequence step by step; three gates guard a memory cell that keeps things over many steps.",
    zh: "逐步读取序列；三个门控制一个记忆单元，可以跨越很多步保留信息。",
  },
  fields: {
    ...recurrentFields,
    unitForgetBias: flag({
      label: { en: "Forget bias 1", zh: "遗忘门偏置为 1" },
      help: {
        en: "Starts the bias of the forget gate at 1, so that the cell remembers from the first step on.",
        zh: "把遗忘门的偏置初始化为 1，使记忆单元从一开始就倾向于保留信息。",
      },
      default: true,
    }),
  },
  build: (config, [x], context) =>
    recurrent(x, config, context, (direction, reverse) => {
      const bias = config.unitForgetBias ? forgetGateOfOne(config.units) : zeros;
      return lstm(x, recurrentWeights(x, 4, config, direction, bias), { reverse });
    }),
});

/** Source: Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network architectures" (2015). */
function forgetGateOfOne(units: number): Initializer {
  return (shape, draw) => zeros(shape, draw).fill(1, units, 2 * units);
}
