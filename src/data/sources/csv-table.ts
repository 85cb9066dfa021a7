import { choice, line } from "../../schema/field.ts";
import { defineSource } from "../dataset.ts";
import { oneFile } from "../one-file.ts";
import { validationField } from "../source-fields.ts";

/** The rows of a CSV file: one column is the target, the others are its features; see `tableDataset`. */
export const csvTableSource = defineSource({
  kind: "csvTable",
  task: "classification",
  label: { en: "CSV table", zh: "CSV 表格" },
  help: {
    en: "A table of yours: the model learns one column from the others.",
    zh: "你自己的表格：模型根据其他列预测其中一列。",
  },
  fields: {
    target: line({
      label: { en: "Target", zh: "目标列" },
      help: {
        en: "The name of the column to be learned; empty: the last one.",
        zh: "要预测的列的名称；留空则为最后一列。",
      },
      maxLength: 200,
      default: "",
    }),
    task: choice({
      label: { en: "Task", zh: "任务" },
      help: {
        en: "Whether the target is a class or a number; auto: a class where it is text or one of at most 20 whole numbers that recur. A number is standardised, as the features are.",
        zh: "目标是类别还是数值；“自动”表示：目标为文本，或为至多 20 个重复出现的整数时按类别处理。数值目标与特征一样会被标准化。",
      },
      options: ["auto", "classification", "regression"],
      words: {
        auto: { en: "auto", zh: "自动" },
        classification: { en: "classification", zh: "分类" },
        regression: { en: "regression", zh: "回归" },
      },
      default: "auto",
    }),
    missing: choice({
      label: { en: "Missing values", zh: "缺失值" },
      help: {
        en: "Rows with a missing feature are dropped, or its mean over the training rows is put in. Rows without a target are always dropped.",
        zh: "含缺失特征的行：丢弃该行，或用训练集中该特征的均值填补。没有目标值的行总是丢弃。",
      },
      options: ["drop", "mean"],
      words: { drop: { en: "drop", zh: "丢弃" }, mean: { en: "mean", zh: "均值" } },
      default: "drop",
    }),
    validation: validationField(0.2),
  },
  files: {
    accept: ".csv,.tsv,.txt",
    help: {
      en: "A table with a header, its cells separated by commas, semicolons, tabs or bars. Where no commas separate them, numbers may have decimal commas.",
      zh: "带表头的表格，单元格之间用逗号、分号、制表符或竖线分隔。不以逗号分隔时，数值可用逗号作小数点。",
    },
  },
  async load(config, seed, files) {
    const file = oneFile(files, { en: "a CSV file", zh: " CSV 文件" });
    // Imported only now: most pages never read a table.
    const [{ readCsv }, { typedTable }, { tableDataset }] = await Promise.all([
      import("../formats/csv.ts"),
      import("../formats/table.ts"),
      import("../table-dataset.ts"),
    ]);
    return tableDataset(typedTable(readCsv(file)), config, seed);
  },
});
