import { expect, test } from "vitest";
import { checkDataset } from "../../src/data/check-dataset.ts";
import { textFileSource } from "../../src/data/sources/text-file.ts";
import { fileOf, utf16 } from "./files.ts";
import { load } from "./load.ts";
import { refusal } from "./refusal.ts";

const TEXT = "It was a bright cold day in April, and the clocks were striking. ".repeat(30);

test("a text file gives windows of its characters, in UTF-8 as in UTF-16", async () => {
  const dataset = await load(textFileSource, [fileOf("story.txt", TEXT)], { length: 20 });
  checkDataset(dataset);
  const { values } = dataset.training.columns.get("text") ?? { values: [] };
  const categories = dataset.inputs[0]?.categories ?? [];
  expect(Array.from(values, (id) => categories[id]).join("")).toBe(TEXT);
  expect(dataset.training.count).toBe(1755 - 20);
  expect(await load(textFileSource, [fileOf("story.txt", utf16(TEXT, "big"))], { length: 20 })).toEqual(dataset);
});

test("no file, two files and a binary file are refused with the cure", async () => {
  expect(await refusal(() => load(textFileSource, []))).toBe("no file is given; choose a plain text file (.txt)");
  const two = [fileOf("a.txt", TEXT), fileOf("b.txt", TEXT)];
  expect(await refusal(() => load(textFileSource, two))).toBe(
    '2 files are given ("a.txt", "b.txt"); choose a plain text file (.txt), only one',
  );
  expect(await refusal(() => load(textFileSource, [fileOf("photo.txt", [0, 1, 2])]))).toMatch(/^"photo\.txt": line 1/);
});

test("a text of a single character is refused: nothing can be learned of it", async () => {
  const dataset = await load(textFileSource, [fileOf("a.txt", "a".repeat(5000))]);
  expect(await refusal(() => checkDataset(dataset))).toMatch(/all 4,436 training samples have the same "next": "a";/);
});
