import { line } from "../../schema/field.ts";
import { defineLayer } from "../layer.ts";

/** Where the data comes in: no edge leads here; the one input it is built on is the column's tensor. */
export const inputLayer = defineLayer({
  kind: "Input",
  family: "core",
  help: { en: "Where a column of the data enters the model.", zh: "数据的一列由此进入模型。" },
  fields: {
    column: line({
      label: { en: "Column", zh: "数据列" },
      help: {
        en: "Which column of the data; left empty: the first.",
        zh: "取数据的哪一列；留空则取第一列。",
      },
      maxLength: 64,
      default: "",
    }),
  },
  build: (_, [column]) => column,
});
