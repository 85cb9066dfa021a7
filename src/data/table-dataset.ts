import { alike } from "../schema/text.ts";
import { excerpt, fileError, grouped } from "./data-error.ts";
import type { Column, ColumnValues, Dataset } from "./dataset.ts";
import { encodeFeatures, fillStandardised } from "./features.ts";
import type { NumericColumn, Table, TableColumn } from "./formats/table.ts";
import { splitSamples } from "./split.ts";

export interface TableConfig {
  /** Name of the target column; "": the last. */
  readonly target: string;
  readonly task: "auto" | "classification" | "regression";
  readonly missing: "drop" | "mean";
  readonly validation: number;
}

const MAX_CLASSES = 1000;

/** A column of at most so many whole numbers, each there this often on average, holds classes unless told otherwise. */
const MAX_AUTO_CLASSES = 20;
const AUTO_REPEATS = 5;

/**
 * The features (F) and the target of a table: a class, or a number (1) standardised like the features. Throws "data"
 * where there is no such target, it does not fit the task, or too few rows are left.
 */
export function tableDataset(table: Table, config: TableConfig, seed: number): Dataset {
  const target = targetOf(table, config.target);
  const features = table.columns.filter((column) => column !== target);
  if (features.length === 0) {
    const only = excerpt(target.name);
    throw fileError(table.name, {
      en: `has only the column ${only.en}; a table needs one more to learn it from`,
      zh: `只有一列${only.zh}；表格至少还需要一列，用来预测它`,
    });
  }
  if (table.rows.length < 2) {
    throw fileError(table.name, {
      en: "has only 1 row of data; at least 2 are needed, one to learn from and one for validation: choose a file with more",
      zh: "只有 1 行数据；至少需要 2 行，一行用于训练，一行用于验证：请选择数据更多的文件",
    });
  }
  const needed = config.missing === "drop" ? table.columns : [target];
  const kept = table.rows.flatMap((_, row) => (needed.some((column) => isMissingAt(column, row)) ? [] : [row]));
  if (kept.length < 2) {
    const cure =
      config.missing === "drop"
        ? { en: 'fill them in or set "missing" to "mean"', zh: "补全缺失值，或把“缺失值”设为“均值”" }
        : { en: "fill in the target", zh: "补全目标列" };
    const all = grouped(table.rows.length);
    throw fileError(table.name, {
      en: `missing values leave ${kept.length} of ${all} rows, and at least 2 are needed; ${cure.en}`,
      zh: `因缺失值，${all} 行中只剩 ${kept.length} 行可用，而至少需要 2 行；请${cure.zh}`,
    });
  }
  const split = splitSamples(new Map([["row", Int32Array.from(kept)]]), kept.length, config.validation, seed);
  // Rows of the table, those for training first.
  const order = split.training.columns.get("row")?.values as Int32Array;
  const trained = split.training.count;

  const { column, values } = encodeTarget(table, target, config.task, order, trained);
  const encoded = encodeFeatures(table.name, features, order, trained);
  const columns = (first: number) =>
    new Map<string, ColumnValues>([
      ["features", { values: encoded.values, offset: first * encoded.size }],
      [column.name, { values, offset: first }],
    ]);
  return {
    inputs: [{ name: "features", shape: [encoded.size], dtype: "f32" }],
    target: column,
    training: { count: trained, columns: columns(0) },
    validation: { count: split.validation.count, columns: columns(trained) },
  };
}

function targetOf({ name, columns }: Table, wanted: string): TableColumn {
  const target = wanted === "" ? columns.at(-1) : columns.find((column) => column.name === wanted);
  if (target !== undefined) return target;
  const shown = columns.slice(0, 20).map((column) => excerpt(column.name));
  const names = columns.length > shown.length ? [...shown, alike("…")] : shown;
  const missing = excerpt(wanted);
  throw fileError(name, {
    en: `has no column ${missing.en}; set "target" to one of ${names.map(({ en }) => en).join(", ")}`,
    zh: `没有名为${missing.zh}的列；请把“目标列”设为以下之一：${names.map(({ zh }) => zh).join("、")}`,
  });
}

function isMissingAt(column: TableColumn, row: number): boolean {
  return column.kind === "numeric" ? Number.isNaN(column.values[row]) : column.codes[row] === -1;
}

function encodeTarget(
  table: Table,
  target: TableColumn,
  task: TableConfig["task"],
  order: Int32Array,
  trained: number,
): { column: Column; values: ColumnValues["values"] } {
  // The input has the name "features" already.
  const name = target.name === "features" ? "target" : target.name;
  const shown = excerpt(target.name);
  const where = { en: `the target, column ${shown.en},`, zh: `目标列${shown.zh}` };
  if (task === "regression" || (task === "auto" && !holdsClasses(target))) {
    if (target.kind === "categorical") {
      const example = excerpt(target.categories[0] ?? "");
      throw fileError(table.name, {
        en: `${where.en} holds texts such as ${example.en}; set "task" to "classification", or choose another target`,
        zh: `${where.zh}含有文本，例如${example.zh}；请把“任务”设为“分类”，或选择其他目标列`,
      });
    }
    const values = new Float32Array(order.length);
    fillStandardised(table.name, target, order, trained, { values, size: 1, first: 0 });
    return { column: { name, shape: [1], dtype: "f32" }, values };
  }
  const { categories, codeAt } = classesOf(target);
  if (categories.length > MAX_CLASSES) {
    const cure =
      target.kind === "numeric"
        ? { en: 'set "task" to "regression"', zh: "把“任务”设为“回归”" }
        : { en: "choose another target", zh: "选择其他目标列" };
    const [count, most] = [grouped(categories.length), grouped(MAX_CLASSES)];
    throw fileError(table.name, {
      en: `${where.en} has ${count} different values, at most ${most} can be classes; ${cure.en}`,
      zh: `${where.zh}有 ${count} 种不同的值，而类别最多 ${most} 个；请${cure.zh}`,
    });
  }
  return { column: { name, shape: [], dtype: "i32", categories }, values: Int32Array.from(order, codeAt) };
}

function holdsClasses(target: TableColumn): boolean {
  if (target.kind === "categorical") return true;
  const values = present(target);
  const distinct = new Set(values);
  const few = distinct.size <= MAX_AUTO_CLASSES && distinct.size * AUTO_REPEATS <= values.length;
  return few && [...distinct].every(Number.isInteger);
}

function classesOf(target: TableColumn): { categories: readonly string[]; codeAt: (row: number) => number } {
  if (target.kind === "categorical") {
    return { categories: target.categories, codeAt: (row) => target.codes[row] as number };
  }
  const distinct = [...new Set(present(target))].sort((a, b) => a - b);
  const codeOf = new Map(distinct.map((value, code) => [value, code]));
  return { categories: distinct.map(String), codeAt: (row) => codeOf.get(target.values[row] as number) as number };
}

function present({ values }: NumericColumn): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}
