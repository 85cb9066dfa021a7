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
    throw fileError(table.name, `has only the column ${excerpt(target.name)}; a table needs one more to learn it from`);
  }
  if (table.rows.length < 2) {
    const problem = "has only 1 row of data; at least 2 are needed, one to learn from and one for validation";
    throw fileError(table.name, `${problem}: choose a file with more`);
  }
  const needed = config.missing === "drop" ? table.columns : [target];
  const kept = table.rows.flatMap((_, row) => (needed.some((column) => isMissingAt(column, row)) ? [] : [row]));
  if (kept.length < 2) {
    const cure = config.missing === "drop" ? 'fill them in or set "missing" to "mean"' : "fill in the target";
    const problem = `missing values leave ${kept.length} of ${grouped(table.rows.length)} rows`;
    throw fileError(table.name, `${problem}, and at least 2 are needed; ${cure}`);
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
  const names = columns.length > shown.length ? [...shown, "…"] : shown;
  throw fileError(name, `has no column ${excerpt(wanted)}; set "target" to one of ${names.join(", ")}`);
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
  const where = `the target, column ${excerpt(target.name)},`;
  if (task === "regression" || (task === "auto" && !holdsClasses(target))) {
    if (target.kind === "categorical") {
      const texts = `holds texts such as ${excerpt(target.categories[0] ?? "")}`;
      throw fileError(table.name, `${where} ${texts}; set "task" to "classification", or choose another target`);
    }
    const values = new Float32Array(order.length);
    fillStandardised(table.name, target, order, trained, { values, size: 1, first: 0 });
    return { column: { name, shape: [1], dtype: "f32" }, values };
  }
  const { categories, codeAt } = classesOf(target);
  if (categories.length > MAX_CLASSES) {
    const problem = `has ${grouped(categories.length)} different values, at most ${grouped(MAX_CLASSES)} can be classes`;
    const cure = target.kind === "numeric" ? 'set "task" to "regression"' : "choose another target";
    throw fileError(table.name, `${where} ${problem}; ${cure}`);
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
