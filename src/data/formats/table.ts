import type { Text } from "../../schema/text.ts";
import { excerpt, fileError, grouped } from "../data-error.ts";
import { type DecimalSign, hasDecimalComma, isMissing, isNumber, mayPartThousands, numberOf } from "./cell.ts";
import type { Csv, Separator } from "./csv.ts";

/** A table whose columns have types. */
export interface Table {
  /** Of the file. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** Row of the file in which the k-th values stand, from 1. */
  readonly rows: readonly number[];
}

export type TableColumn = NumericColumn | CategoricalColumn;

export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  /** NaN: missing. */
  readonly values: Float64Array<ArrayBuffer>;
}

export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  /** The distinct cells, sorted by their characters. */
  readonly categories: readonly string[];
  /** Places in `categories`; −1: missing. */
  readonly codes: Int32Array<ArrayBuffer>;
}

/** A column with at least this share of numbers is meant as numeric: its other cells are mistakes. */
const NUMERIC_SHARE = 0.9;

const NUMBERS_WITH: Readonly<Record<DecimalSign, Text>> = {
  ".": { en: "number with a decimal point", zh: "以点为小数点的数" },
  ",": { en: "number with a decimal comma", zh: "以逗号为小数点的数" },
};

/**
 * The columns with their types: numeric where the cells that are not missing (empty, ?, NA, NaN, null, …) are numbers,
 * else categorical. Where cells are not separated by commas, the numbers of a column may have decimal commas. Throws
 * "data" with row and column where a cell stands out of a column of numbers, as one with a decimal point among decimal
 * commas does, or is infinite, and where a column has no values.
 */
export function typedTable(csv: Csv): Table {
  return { name: csv.name, rows: csv.rows, columns: csv.columns.map((cells, k) => typedColumn(csv, k, cells)) };
}

function typedColumn(csv: Csv, k: number, cells: readonly string[]): TableColumn {
  const name = csv.header[k] as string;
  const present = cells.filter((cell) => !isMissing(cell));
  if (present.length === 0) {
    const column = excerpt(name);
    throw fileError(csv.name, {
      en: `column ${column.en} has no values in any row; leave it out`,
      zh: `列${column.zh}在所有行中都没有值；请去掉该列`,
    });
  }
  const commas = mayHaveDecimalCommas(csv.separator, present) ? present.filter(hasDecimalComma).length : 0;
  const numbers = present.filter((cell) => isNumber(cell, "."));
  if (numbers.length + commas < NUMERIC_SHARE * present.length) return categoricalColumn(name, cells);
  const points = numbers.filter((cell) => cell.includes(".")).length;
  const sign = commas > points ? "," : ".";
  const other = present.find((cell) => !isNumber(cell, sign));
  if (other !== undefined) {
    const wanted = commas === 0 || points === 0 ? { en: "number", zh: "数值" } : NUMBERS_WITH[sign];
    const place = placeOf(csv, name, cells.indexOf(other));
    const cell = excerpt(other);
    throw fileError(csv.name, {
      en: `${place.en}: ${cell.en} is no ${wanted.en}, unlike the rest of the column; write one, or leave the cell empty if the value is missing`,
      zh: `${place.zh}：${cell.zh}不是${wanted.zh}，与该列其他值不同；请改为数值，若该值缺失则留空`,
    });
  }
  return { kind: "numeric", name, values: numbersOf(csv, name, cells, sign) };
}

/** A comma that may part thousands is a decimal comma only where others in the column are, or between semicolons. */
function mayHaveDecimalCommas(separator: Separator, cells: readonly string[]): boolean {
  if (separator === "," || separator === ";") return separator === ";";
  return cells.some((cell) => hasDecimalComma(cell) && !mayPartThousands(cell));
}

/** The values of a column, all of which are numbers or missing. */
function numbersOf(csv: Csv, name: string, cells: readonly string[], sign: DecimalSign): NumericColumn["values"] {
  return Float64Array.from(cells, (cell, k) => {
    if (isMissing(cell)) return Number.NaN;
    const value = numberOf(cell, sign);
    if (Number.isFinite(value)) return value;
    const [place, shown] = [placeOf(csv, name, k), excerpt(cell)];
    throw fileError(csv.name, {
      en: `${place.en}: ${shown.en} is infinite; write a finite number, or leave the cell empty`,
      zh: `${place.zh}：${shown.zh}为无穷大；请改为有限的数，或将单元格留空`,
    });
  });
}

function placeOf({ rows }: Csv, column: string, k: number): Text {
  const [row, shown] = [grouped(rows[k] as number), excerpt(column)];
  return { en: `row ${row}, column ${shown.en}`, zh: `第 ${row} 行，列${shown.zh}` };
}

function categoricalColumn(name: string, cells: readonly string[]): CategoricalColumn {
  const categories = [...new Set(cells.filter((cell) => !isMissing(cell)))].sort();
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  return { kind: "categorical", name, categories, codes: Int32Array.from(cells, (cell) => placeOf.get(cell) ?? -1) };
}
