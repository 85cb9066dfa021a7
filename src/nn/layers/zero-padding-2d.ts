import { pad } from "../../graph/ops/pad.ts";
import { pairOf } from "../../graph/ops/windows.ts";
import { pair } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";
import { requireImages } from "../parts/require-images.ts";

/** (B, H, W, C) gives (B, H + 2 · padding, W + 2 · padding, C). */
export const zeroPadding2dLayer = defineLayer({
  kind: "ZeroPadding2D",
  family: "shape",
  help: { en: "Puts a border of zeros around images.", zh: "在图像四周加一圈零。" },
  fields: {
    padding: pair({
      label: { en: "Border", zh: "边框宽度" },
      help: {
        en: "Rows above and below, and columns to the left and to the right.",
        zh: "上下各加几行，左右各加几列。",
      },
      min: 0,
      max: 1024,
      default: 1,
    }),
  },
  build: ({ padding }, [x], context) => {
    requireImages(x, context);
    const [rows, columns] = pairOf(padding);
    return pad(x, [
      [0, 0],
      [rows, rows],
      [columns, columns],
      [0, 0],
    ]);
  },
});
