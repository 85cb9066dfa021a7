import { excerpt, fileError, grouped } from "../data-error.ts";
import { isMissing, isNumber, numberOf } from "./cell.ts";
import type { Csv } from "./csv.ts";

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

/**
 * The columns with their types: numeric where the cells that are not missing (empty, ?, NA, NaN, null, …) are numbers,
 * else categorical. Throws "data" with row and column where a cell stands out of a column of numbers, or is infinite,
 * and where a column has no values.
 */
export function typedTable({ name, header, columns, rows }: Csv): Table {
  return { name, rows, columns: header.map((title, k) => typedColumn(name, title, columns[k] ?? [], rows)) };
}

function typedColumn(file: string, name: string, cells: readonly string[], rows: readonly number[]): TableColumn {
  let present = 0;
  let numbers = 0;
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    present++;
    if (isNumber(cell)) numbers++;
  }
  if (present === 0) {
    throw fileError(file, `column ${excerpt(name)} has no values in ${grouped(cells.length)} rows; leave it out`);
  }
  const isNumeric = numbers >= NUMERIC_SHARE * present;
  return isNumeric ? numericColumn(file, name, cells, rows) : categoricalColumn(name, cells);
}

function numericColumn(file: string, name: string, cells: readonly string[], rows: readonly number[]): NumericColumn {
  const values = new Float64Array(cells.length).fill(Number.NaN);
  for (const [k, cell] of cells.entries()) {
    if (isMissing(cell)) continue;
    const where = `row ${grouped(rows[k] as number)}, column ${excerpt(name)}`;
    if (!isNumber(cell)) {
      const cure = "write a number, or leave the cell empty if the value is missing";
      throw fileError(file, `${where}: ${excerpt(cell)} is no number, unlike the rest of the column; ${cure}`);
    }
    const value = numberOf(cell);
    if (!Number.isFinite(value)) {
      throw fileError(file, `${where}: ${excerpt(cell)} is infinite; write a finite number, or leave the cell empty`);
    }
    values[k] = value;
  }
  return { kind: "numeric", name, values };
}

function categoricalColumn(name: string, cells: readonly string[]): CategoricalColumn {
  const categories = [...new Set(cells.filter((cell) => !isMissing(cell)))].sort();
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  return { kind: "categorical", name, categories, codes: Int32Array.from(cells, (cell) => placeOf.get(cell) ?? -1) };
}
