import { add } from "../../graph/ops/add.ts";
import { div } from "../../graph/ops/div.ts";
import { defineLayer } from "../layer.ts";
import { requireFit, TWO_OR_MORE } from "../parts/merged-inputs.ts";

export const averageLayer = defineLayer({
  kind: "Average",
  family: "merge",
  help: {
    en: "The mean of its inputs, element by element. Sizes of 1 are repeated.",
    zh: "对各输入逐元素求平均。大小为 1 的轴会自动扩展。",
  },
  fields: {},
  inputs: TWO_OR_MORE,
  build(_, inputs, context) {
    requireFit(inputs, context);
    return div(
      inputs.reduce((sum, x) => add(sum, x)),
      inputs.length,
    );
  },
});
