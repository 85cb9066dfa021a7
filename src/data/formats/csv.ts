import Papa from "papaparse";
import { excerpt, fileError, grouped } from "../data-error.ts";
import type { DataFile } from "../dataset.ts";
import { hasDecimalComma, isMissing, isNumber } from "./cell.ts";
import { readText } from "./text.ts";

/** A table as it stands in a file, in columns of the same length. */
export interface Csv {
  /** Of the file. */
  readonly name: string;
  readonly separator: Separator;
  readonly header: readonly string[];
  /** Cells without the space around them. */
  readonly columns: readonly (readonly string[])[];
  /** Row of the file in which the k-th cells stand, from 1; the header and empty lines count. */
  readonly rows: readonly number[];
}

const SEPARATORS = [",", ";", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Also bounds the cells, one to a byte at most; their objects take some thirty times the memory. */
const MAX_BYTES = 2 ** 25;
const MAX_COLUMNS = 10_000;
const MAX_CELL_CHARACTERS = 65_536;

/**
 * A file of values separated by whichever of , ; tab | its first row has most of, decimal commas aside. The first row
 * is a header where no cell of it is a number; columns without a name are called "column 1", "column 2", …. Empty lines
 * are left out. Throws "data" with the row where a row is longer or shorter than the first, a quote is not closed, a
 * cell is over 65,536 characters, two columns have one name, or no data are left; also over 32 MiB.
 */
export function readCsv(file: DataFile): Csv {
  const { name } = file;
  const text = readText(file, MAX_BYTES);
  const separator = separatorOf(name, text);
  let header: string[] = [];
  let columns: string[][] = [];
  const rows: number[] = [];
  let row = 0;
  Papa.parse<string[]>(text, {
    delimiter: separator,
    newline: "\n",
    step({ data, errors }) {
      row++;
      const error = errors[0];
      if (error !== undefined) throw fileError(name, `row ${grouped(row)}: ${quoteProblem(error.code)}`);
      const cells = data.map((cell) => cell.trim());
      if (cells.length === 1 && cells[0] === "") return;
      checkCells(name, row, cells);
      const isFirst = columns.length === 0;
      if (isFirst) {
        header = headerOf(name, cells, separator);
        columns = cells.map(() => []);
      }
      if (cells.length !== columns.length) {
        const count = `${cells.length} ${cells.length === 1 ? "cell" : "cells"}`;
        const problem = `row ${grouped(row)} has ${count}, the first row ${columns.length}`;
        const cure = `give every row as many, and quote cells with ${JSON.stringify(separator)} in them`;
        throw fileError(name, `${problem}; ${cure}`);
      }
      if (isFirst && isHeader(cells, separator)) return;
      rows.push(row);
      for (const [k, cell] of cells.entries()) columns[k]?.push(cell);
    },
  });
  if (columns.length === 0) throw fileError(name, "has only empty lines; choose a file with a table");
  if (rows.length === 0) throw fileError(name, "has a header but no rows; choose a file with data");
  return { name, separator, header, columns, rows };
}

/**
 * Of the separators, the one that the first row has most of outside of quotes; "," where it has none. A row whose
 * commas are all decimal commas between other separators is one of those.
 */
function separatorOf(name: string, text: string): Separator {
  const row = firstRowOf(text);
  const counts = SEPARATORS.map(() => 0);
  let quoted = false;
  for (const character of row) {
    if (character === '"') quoted = !quoted;
    const k = quoted ? -1 : SEPARATORS.indexOf(character as Separator);
    if (k >= 0) counts[k] = (counts[k] as number) + 1;
  }
  const most = Math.max(...counts);
  if (most >= MAX_COLUMNS) {
    const problem = `has ${grouped(most + 1)} columns, at most ${grouped(MAX_COLUMNS)} are read`;
    throw fileError(name, `${problem}; leave columns out`);
  }
  const other = SEPARATORS.find((separator) => separator !== "," && hasOnlyDecimalCommas(row.split(separator)));
  return other ?? (SEPARATORS[counts.indexOf(most)] as Separator);
}

/** The first row with text in it; quoted cells may hold line ends. */
function firstRowOf(text: string): string {
  let begin = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (quoted || text[at] !== "\n") continue;
    const row = text.slice(begin, at);
    if (row.trim() !== "") return row;
    begin = at + 1;
  }
  return text.slice(begin);
}

function hasOnlyDecimalCommas(cells: readonly string[]): boolean {
  const withComma = cells.filter((cell) => cell.includes(","));
  return cells.length > 1 && withComma.length > 0 && withComma.every((cell) => hasDecimalComma(cell.trim()));
}

function isHeader(cells: readonly string[], separator: Separator): boolean {
  const isValue = (cell: string) => isNumber(cell, ".") || (separator !== "," && isNumber(cell, ","));
  return !cells.some(isValue) && cells.some((cell) => !isMissing(cell));
}

function headerOf(name: string, cells: readonly string[], separator: Separator): string[] {
  const named = isHeader(cells, separator);
  const header = cells.map((cell, k) => (named && cell !== "" ? cell : `column ${k + 1}`));
  const places = new Map<string, number>();
  for (const [k, title] of header.entries()) {
    const other = places.get(title);
    if (other !== undefined) {
      const problem = `columns ${other + 1} and ${k + 1} are both named ${excerpt(title)}`;
      throw fileError(name, `${problem}; give each column a name of its own`);
    }
    places.set(title, k);
  }
  return header;
}

function quoteProblem(code: string): string {
  const cure = 'close each quote before the next separator, and write a quote inside of quotes as ""';
  return code === "MissingQuotes" ? `a quote is opened and never closed; ${cure}` : `a quote is misplaced; ${cure}`;
}

function checkCells(name: string, row: number, cells: readonly string[]): void {
  const k = cells.findIndex((cell) => cell.length > MAX_CELL_CHARACTERS);
  if (k < 0) return;
  const size = `${grouped(cells[k]?.length ?? 0)} characters, at most ${grouped(MAX_CELL_CHARACTERS)} are read`;
  const cure = "shorten it, or look for a quote that is not closed before it";
  throw fileError(name, `row ${grouped(row)}, cell ${k + 1} has ${size}; ${cure}`);
}
