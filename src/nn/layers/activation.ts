import { activate, activationField } from "../activations.ts";
import { defineLayer } from "../layer.ts";
import { requireClassAxis } from "../parts/require-class-axis.ts";
import { requireNumbers } from "../parts/require-numbers.ts";

export const activationLayer = defineLayer({
  kind: "Activation",
  family: "activation",
  help: { en: "Passes every value through a function.", zh: "让每个值经过一个激活函数。" },
  fields: { activation: activationField("relu") },
  build({ activation }, [x], context) {
    requireNumbers(x, context);
    if (activation === "softmax") requireClassAxis(x, context);
    return activate(x, activation);
  },
});
