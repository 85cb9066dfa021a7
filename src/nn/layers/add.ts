import { add } from "../../graph/ops/add.ts";
import { defineLayer } from "../layer.ts";
import { requireFit, TWO_OR_MORE } from "../parts/merged-inputs.ts";

export const addLayer = defineLayer({
  kind: "Add",
  family: "merge",
  help: {
    en: "Adds its inputs element by element, as skip connections do. Sizes of 1 are repeated.",
    zh: "把各输入逐元素相加，常用于残差连接。大小为 1 的轴会自动扩展。",
  },
  fields: {},
  inputs: TWO_OR_MORE,
  build(_, inputs, context) {
    requireFit(inputs, context);
    return inputs.reduce((sum, x) => add(sum, x));
  },
});
