import { expect, test } from "vitest";
import { readCsv } from "../../../src/data/formats/csv.ts";
import { fileOf, noise, utf16 } from "../files.ts";
import { dataError, refusal } from "../refusal.ts";

const read = (content: string | number[]) => readCsv(fileOf("table.csv", content));
const refused = (content: string | number[]) => refusal(() => read(content));

test("a header and its columns come back, with the row each cell stands in", () => {
  expect(read("a,b\n1,x\n2,y\n")).toEqual({
    name: "table.csv",
    separator: ",",
    header: ["a", "b"],
    columns: [
      ["1", "2"],
      ["x", "y"],
    ],
    rows: [2, 3],
  });
});

test("a byte order mark is no part of the first name, and UTF-16 reads like UTF-8", () => {
  for (const content of ["\ufeffa,b\n1,2", utf16("a,b\n1,2", "little"), utf16("a,b\n1,2", "big")]) {
    expect(read(content)).toMatchObject({ header: ["a", "b"], columns: [["1"], ["2"]] });
  }
});

test.each([",", ";", "\t", "|"])("cells separated by %j are found apart", (separator) => {
  const table = read(["a", "b", "c"].join(separator).concat("\n", ["1", "2", "3"].join(separator)));
  expect(table.header).toEqual(["a", "b", "c"]);
});

test("commas within cells do not make a table of semicolons one of commas", () => {
  expect(read('"x, y, z";b\n1,5;2,5\n3,5;4,5').columns).toEqual([
    ["1,5", "3,5"],
    ["2,5", "4,5"],
  ]);
});

test("decimal commas of a first row without a header do not make a table one of commas", () => {
  for (const separator of [";", "\t", "|"]) {
    const text = ["0,5;0,25;red", "1,5;1,25;blue"].join("\n").replaceAll(";", separator);
    expect(read(text)).toMatchObject({
      separator,
      header: ["column 1", "column 2", "column 3"],
      columns: [
        ["0,5", "1,5"],
        ["0,25", "1,25"],
        ["red", "blue"],
      ],
    });
  }
});

test("a semicolon within a cell of a table of commas does not make it one of semicolons", () => {
  expect(read("1,2,a;b\n3,4,c;d\n").columns[2]).toEqual(["a;b", "c;d"]);
  expect(read("x,y;z,w\n1,2,3\n").header).toEqual(["x", "y;z", "w"]);
});

test("a first row with a number in it is no header: the columns are numbered", () => {
  expect(read("1,x\n2,y")).toMatchObject({
    header: ["column 1", "column 2"],
    columns: [
      ["1", "2"],
      ["x", "y"],
    ],
  });
  expect(read(",a\n0,x")).toMatchObject({ header: ["column 1", "a"], rows: [2] });
});

test("a single column is read", () => {
  expect(read("height\n1\n2\n")).toMatchObject({ header: ["height"], columns: [["1", "2"]] });
});

test("quoted cells may hold separators, line ends and quotes; space around cells is dropped", () => {
  expect(read('a,b\n"x, ""y""\r\nz",  1 \n').columns).toEqual([['x, "y"\nz'], ["1"]]);
});

test("empty lines are left out and still count", () => {
  expect(read("\n\na,b\n\n1,2\n  \n3,4\n\n")).toMatchObject({ header: ["a", "b"], rows: [5, 7] });
});

test("what is written comes back: random cells, quoted where they must be", () => {
  const bytes = noise(4000);
  const alphabet = ['"', ",", "\n", ";", "é", "猫", "7", "b", " c"];
  let at = 0;
  const draw = (below: number) => (bytes[at++ % bytes.length] as number) % below;
  for (let trial = 0; trial < 50; trial++) {
    const width = 2 + draw(4);
    const cell = () => `<${Array.from({ length: draw(6) }, () => alphabet[draw(alphabet.length)]).join("")}>`;
    const rows = Array.from({ length: 1 + draw(8) }, () => Array.from({ length: width }, cell));
    const header = Array.from({ length: width }, (_, k) => `c${k}`);
    const text = [header, ...rows]
      .map((row) => row.map((content) => `"${content.replaceAll('"', '""')}"`).join(","))
      .join("\r\n");
    expect(read(text).columns).toEqual(header.map((_, k) => rows.map((row) => row[k])));
  }
});

test("a ragged row is refused by its number", async () => {
  expect(await refused("a,b\n1,2\n\n1,2,3\n")).toBe(
    '"table.csv": row 4 has 3 cells, the first row 2; give every row as many, and quote cells with "," in them',
  );
  expect(await refused("a,b\n1\n")).toMatch(/row 2 has 1 cell, the first row 2/);
  expect((await dataError(() => read("a,b\n1\n"))).text?.zh).toBe(
    "“table.csv”：第 2 行有 1 个单元格，而第一行有 2 个；请让各行的单元格数相同，并给含有“,”的单元格加上引号",
  );
});

test("a quote that is never closed is refused by the row that opens it", async () => {
  expect(await refused('a,b\n1,2\n3,"4\n5,6\n7,8\n')).toMatch(
    /^"table\.csv": row 3: a quote is opened and never closed/,
  );
});

test("text behind a closed quote is refused by its row", async () => {
  expect(await refused('a,b\n1,"2"x\n3,4\n')).toMatch(/row 2: a quote is misplaced/);
});

test("NUL bytes are refused with their line", async () => {
  expect(await refused("a,b\n1,2\n3,\0\n")).toMatch(/^"table\.csv": line 3 has the control character 0x00 \(NUL\)/);
});

test("a cell of 10 MB is refused by row and place", async () => {
  const message = await refused(`a,b\n1,2\n3,${"x".repeat(1e7)}\n`);
  expect(message).toMatch(/row 3, cell 2 has 10,000,000 characters, at most 65,536 are read/);
  expect(message.length).toBeLessThan(300);
});

test("a file of more than 32 MiB is refused before it is read", async () => {
  const file = { name: "large.csv", bytes: new Uint8Array(2 ** 25 + 1) };
  expect(await refusal(() => readCsv(file))).toMatch(/^"large\.csv": has 33,554,433 bytes/);
});

test("more than 10,000 columns are refused", async () => {
  expect(await refused(`${"a,".repeat(10_000)}b\n`)).toMatch(/has 10,001 columns, at most 10,000/);
});

test("two columns of one name are refused", async () => {
  expect(await refused("x,y,x\n1,2,3")).toMatch(/columns 1 and 3 are both named "x"; give each/);
});

test("a file without rows is refused", async () => {
  expect(await refused("")).toMatch(/is empty/);
  expect(await refused("\n  \n")).toMatch(/only empty lines/);
  expect(await refused("a,b\n")).toMatch(/a header but no rows/);
});

test("an image is refused as no text", async () => {
  expect(await refused([0x89, 0x50, 0x4e, 0x47])).toMatch(/binary file/);
});
