import { reshape } from "../../graph/ops/reshape.ts";
import { sizeOf } from "../../graph/tensor.ts";
import { defineLayer } from "../layer.ts";

/** (B, …) gives (B, N); tokens stay tokens. */
export const flattenLayer = defineLayer({
  kind: "Flatten",
  family: "shape",
  help: {
    en: "Lays all values of a sample in one row, such as a Dense layer wants them.",
    zh: "把一个样本的所有值排成一列，供 Dense 层使用。",
  },
  fields: {},
  // The size is counted and not found from −1, which an empty batch would not tell.
  build: (_, [x]) => reshape(x, [x.shape[0] as number, sizeOf(x.shape.slice(1))]),
});
