import { expect, test } from "vitest";
import { readCsv } from "../../../src/data/formats/csv.ts";
import { typedTable } from "../../../src/data/formats/table.ts";
import { fileOf } from "../files.ts";
import { refusal } from "../refusal.ts";

const table = (content: string) => typedTable(readCsv(fileOf("table.csv", content)));

/** A column "x" of these cells beside a column of texts. */
const column = (cells: readonly string[]) => table(`x,side\n${cells.map((cell) => `${cell},s`).join("\n")}`).columns[0];

test("a column of numbers is numeric, in every way to write them", () => {
  expect(column(["1", "-2.5", "+3", ".5", "4.", "1e3", "2E-2", "-0"])).toEqual({
    kind: "numeric",
    name: "x",
    values: Float64Array.of(1, -2.5, 3, 0.5, 4, 1000, 0.02, -0),
  });
});

const separated = (separator: string, cells: readonly string[]) =>
  table(`x${separator}side\n${cells.map((cell) => `${cell}${separator}s`).join("\n")}`).columns[0];

test.each([";", "\t", "|"])("in a table separated by %j a number may have a decimal comma", (separator) => {
  const values = Float64Array.of(0.5, -1.25, 3, 0.5, 250, Number.NaN);
  expect(separated(separator, ["0,5", "-1,25", "3", ",5", "2,5e2", "NA"])).toMatchObject({ kind: "numeric", values });
  expect(separated(separator, ["0.5", "-1.25", "3", ".5", "2.5e2", "NA"])).toMatchObject({ kind: "numeric", values });
});

test("1,234 is 1.234 between semicolons; where it may be 1234 it stays a text", () => {
  const values = Float64Array.of(1.234, 12.5);
  expect(separated(";", ["1,234", "12,567"])).toMatchObject({ values: Float64Array.of(1.234, 12.567) });
  expect(separated("\t", ["1,234", "12,567"])?.kind).toBe("categorical");
  expect(separated("\t", ["1,234", "12,5"])).toMatchObject({ values });
  expect(separated(";", ["1,234,567", "2,345,678"])?.kind).toBe("categorical");
});

test("a column with decimal commas and decimal points is refused with the cell that stands out", async () => {
  expect(await refusal(() => separated(";", ["0,5", "0,25", "1.5"]))).toBe(
    '"table.csv": row 4, column "x": "1.5" is no number with a decimal comma, unlike the rest of the column; write one, or leave the cell empty if the value is missing',
  );
  expect(await refusal(() => separated(";", ["0.5", "0,25", "1.5"]))).toMatch(
    /row 3, column "x": "0,25" is no number with a decimal point, unlike the rest/,
  );
});

test("a column of texts is categorical, its categories sorted", () => {
  expect(column(["pear", "apple", "pear", "fig"])).toEqual({
    kind: "categorical",
    name: "x",
    categories: ["apple", "fig", "pear"],
    codes: Int32Array.of(2, 0, 2, 1),
  });
});

test("hexadecimal, dates and spaced digits are texts", () => {
  for (const cell of ["0x10", "2020-01-01", "1 000", "1,5", "e5", "."]) {
    expect(column([`"${cell}"`, `"${cell}"`])?.kind).toBe("categorical");
  }
});

test.each(["", "?", "NA", "N/A", "NaN", "nan", "null", "None"])("%j is a missing value", (missing) => {
  expect(column(["1", missing, "3"])).toMatchObject({ values: Float64Array.of(1, Number.NaN, 3) });
  expect(column(["a", missing, "b"])).toMatchObject({ categories: ["a", "b"], codes: Int32Array.of(0, -1, 1) });
});

test("a text in a column of numbers is refused with row and column", async () => {
  const cells = Array.from({ length: 20 }, (_, k) => String(k));
  cells[11] = "twelve";
  expect(await refusal(() => column(cells))).toBe(
    '"table.csv": row 13, column "x": "twelve" is no number, unlike the rest of the column; write one, or leave the cell empty if the value is missing',
  );
});

test("a column where one cell in ten is no number may be meant, with more it is categorical", async () => {
  const numbers = Array.from({ length: 9 }, (_, k) => String(k));
  expect(await refusal(() => column([...numbers, "B"]))).toMatch(/row 11, column "x": "B"/);
  expect(column([...numbers, "A", "B"])?.kind).toBe("categorical");
});

test("an infinite number is refused with row and column, also one that is too large", async () => {
  for (const cell of ["inf", "-Infinity", "1e999"]) {
    expect(await refusal(() => column(["1", cell]))).toMatch(/row 3, column "x": ".*" is infinite/);
  }
});

test("a column without any value is refused", async () => {
  expect(await refusal(() => column(["", "NA", "?"]))).toMatch(/column "x" has no values in any row; leave it out/);
});

test("a giant text is shortened in the error", async () => {
  const cells = Array.from({ length: 20 }, (_, k) => String(k));
  cells[3] = "y".repeat(50_000);
  expect((await refusal(() => column(cells))).length).toBeLessThan(300);
});
