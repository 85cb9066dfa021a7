import { mul } from "../../graph/ops/mul.ts";
import { defineLayer } from "../layer.ts";
import { requireFit, TWO_OR_MORE } from "../parts/merged-inputs.ts";

export const multiplyLayer = defineLayer({
  kind: "Multiply",
  family: "merge",
  help: {
    en: "Multiplies its inputs element by element, as gates do. Sizes of 1 are repeated.",
    zh: "把各输入逐元素相乘，常用作门控。大小为 1 的轴会自动扩展。",
  },
  fields: {},
  inputs: TWO_OR_MORE,
  build(_, inputs, context) {
    requireFit(inputs, context);
    return inputs.reduce((product, x) => mul(product, x));
  },
});
