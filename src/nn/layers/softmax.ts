import { softmax } from "../../graph/ops/softmax.ts";
import { defineLayer } from "../layer.ts";
import { requireClassAxis } from "../parts/require-class-axis.ts";
import { requireNumbers } from "../parts/require-numbers.ts";

export const softmaxLayer = defineLayer({
  kind: "Softmax",
  family: "activation",
  help: {
    en: "Makes positive numbers with the sum 1 of the values along the last axis. Categorical cross-entropy takes logits and needs none before it.",
    zh: "把最后一个轴上的值变为和为 1 的正数。分类交叉熵直接接受 logits，之前不需要此层。",
  },
  fields: {},
  build(_, [x], context) {
    requireNumbers(x, context);
    requireClassAxis(x, context);
    return softmax(x, -1);
  },
});
