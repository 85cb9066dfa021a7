import Papa from "papaparse";
import type { Text } from "../../schema/text.ts";
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
      if (error !== undefined) {
        const { en, zh } = quoteProblem(error.code);
        throw fileError(name, { en: `row ${grouped(row)}: ${en}`, zh: `第 ${grouped(row)} 行：${zh}` });
      }
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
        const mark = excerpt(separator);
        throw fileError(name, {
          en: `row ${grouped(row)} has ${count}, the first row ${columns.length}; give every row as many, and quote cells with ${mark.en} in them`,
          zh: `第 ${grouped(row)} 行有 ${cells.length} 个单元格，而第一行有 ${columns.length} 个；请让各行的单元格数相同，并给含有${mark.zh}的单元格加上引号`,
        });
      }
      if (isFirst && isHeader(cells, separator)) return;
      rows.push(row);
      for (const [k, cell] of cells.entries()) columns[k]?.push(cell);
    },
  });
  if (columns.length === 0) {
    throw fileError(name, {
      en: "has only empty lines; choose a file with a table",
      zh: "只有空行；请选择含有表格的文件",
    });
  }
  if (rows.length === 0) {
    throw fileError(name, {
      en: "has a header but no rows; choose a file with data",
      zh: "只有表头，没有数据行；请选择含有数据的文件",
    });
  }
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
    throw fileError(name, {
      en: `has ${grouped(most + 1)} columns, at most ${grouped(MAX_COLUMNS)} are read; leave columns out`,
      zh: `有 ${grouped(most + 1)} 列，最多只能读取 ${grouped(MAX_COLUMNS)} 列；请去掉一些列`,
    });
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
      const shown = excerpt(title);
      throw fileError(name, {
        en: `columns ${other + 1} and ${k + 1} are both named ${shown.en}; give each column a name of its own`,
        zh: `第 ${other + 1} 列和第 ${k + 1} 列都名为${shown.zh}；请为每一列取不同的名称`,
      });
    }
    places.set(title, k);
  }
  return header;
}

function quoteProblem(code: string): Text {
  const problem =
    code === "MissingQuotes"
      ? { en: "a quote is opened and never closed", zh: "有引号没有闭合" }
      : { en: "a quote is misplaced", zh: "引号的位置有误" };
  return {
    en: `${problem.en}; close each quote before the next separator, and write a quote inside of quotes as ""`,
    zh: `${problem.zh}；请在下一个分隔符之前闭合引号，引号之内的引号请写成 ""`,
  };
}

function checkCells(name: string, row: number, cells: readonly string[]): void {
  const k = cells.findIndex((cell) => cell.length > MAX_CELL_CHARACTERS);
  if (k < 0) return;
  const [size, most] = [grouped(cells[k]?.length ?? 0), grouped(MAX_CELL_CHARACTERS)];
  throw fileError(name, {
    en: `row ${grouped(row)}, cell ${k + 1} has ${size} characters, at most ${most} are read; shorten it, or look for a quote that is not closed before it`,
    zh: `第 ${grouped(row)} 行第 ${k + 1} 个单元格有 ${size} 个字符，最多只能读取 ${most} 个；请缩短它，或检查它之前是否有未闭合的引号`,
  });
}
