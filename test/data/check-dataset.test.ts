import { expect, test } from "vitest";
import { checkDataset } from "../../src/data/check-dataset.ts";
import type { Column, ColumnValues, Dataset } from "../../src/data/dataset.ts";
import { dataError, refusal } from "./refusal.ts";

const point: Column = { name: "point", shape: [2], dtype: "f32" };
const label: Column = { name: "label", shape: [], dtype: "i32", categories: ["a", "b", "c"], gaps: true };

interface Parts {
  readonly input?: Column;
  readonly target?: Column;
  readonly counts?: readonly [number, number];
  readonly inputs?: ColumnValues;
  readonly labels?: ColumnValues;
}

/** Three training samples and two for validation, good but for the parts that are given. */
function datasetOf({ input = point, target = label, counts = [3, 2], inputs, labels }: Parts): Dataset {
  const part = (count: number, first: boolean) => ({
    count,
    columns: new Map([
      [input.name, (first ? inputs : undefined) ?? { values: new Float32Array(2 * count) }],
      [target.name, (first ? labels : undefined) ?? { values: Int32Array.from({ length: count }, (_, k) => k % 3) }],
    ]),
  });
  return { inputs: [input], target, training: part(counts[0], true), validation: part(counts[1], false) };
}

const refused = (parts: Parts) => refusal(() => checkDataset(datasetOf(parts)));

test("a good data set passes, with bytes for pixels and −1 for labels that do not count", () => {
  checkDataset(datasetOf({}));
  checkDataset(datasetOf({ inputs: { values: Uint8Array.of(0, 255, 1, 2, 3, 4) } }));
  checkDataset(datasetOf({ labels: { values: Int32Array.of(-1, 0, 2) } }));
});

test("a part without samples is refused", async () => {
  expect(await refused({ counts: [0, 2] })).toMatch(/no training samples/);
  expect(await refused({ counts: [3, 0] })).toMatch(/no validation samples; .*"validation"/);
});

test("a number that is not finite is refused with column, sample, place and value", async () => {
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    const inputs = { values: Float32Array.of(1, 2, 3, value, 5, 6) };
    expect(await refused({ inputs })).toMatch(
      new RegExp(`^training column "point", sample 2, value 2 of shape \\[2\\]: the value is ${value};`),
    );
  }
});

test("a number that is not finite is refused in Chinese, too", async () => {
  const inputs = { values: Float32Array.of(1, 2, 3, Number.NaN, 5, 6) };
  expect((await dataError(() => checkDataset(datasetOf({ inputs })))).text?.zh).toBe(
    "训练数据的列“point”，样本 2，值 2（形状 [2]）：该值为 NaN；请去掉该样本，或改为有限的数",
  );
});

test("a label of −1 is refused where the labels have no gaps", async () => {
  const { gaps: _, ...target } = label;
  expect(await refused({ target, labels: { values: Int32Array.of(0, -1, 2) } })).toBe(
    'training column "label", sample 2: -1 is no category; whole numbers from 0 to 2, as there are 3 categories, are meant',
  );
});

test("a label outside of the categories is refused with sample, value and range", async () => {
  expect(await refused({ labels: { values: Int32Array.of(0, 1, 3) } })).toBe(
    'training column "label", sample 3: 3 is no category; whole numbers from 0 (or −1: does not count) to 2, as there are 3 categories, are meant',
  );
  expect(await refused({ labels: { values: Int32Array.of(0, -2, 1) } })).toMatch(/sample 2: -2 is no category/);
});

test("a token of an input may not be −1", async () => {
  const input: Column = { name: "text", shape: [2], dtype: "i32", categories: ["x", "y"] };
  const dataset = datasetOf({ input, inputs: { values: Int32Array.of(0, 1, 1, 0, 1, -1) } });
  expect(await refusal(() => checkDataset(dataset))).toMatch(
    /^training column "text", sample 3, value 2: -1 is no category; whole numbers from 0 to 1/,
  );
});

test("tokens without categories need only be whole numbers from 0", async () => {
  const target: Column = { name: "label", shape: [], dtype: "i32" };
  checkDataset(datasetOf({ target, labels: { values: Int32Array.of(7, 1000, 0) } }));
  expect(await refused({ target, labels: { values: Int32Array.of(7, -5, 0) } })).toMatch(/-5 is no category/);
});

test("the first window with a bad token is named", async () => {
  const input: Column = { name: "text", shape: [4], dtype: "i32", categories: ["x", "y"] };
  const inputs = { values: Int32Array.of(9, 0, 1, 0, 1, 1, 5, 9), offset: 1, stride: 1 };
  const dataset = datasetOf({ input, inputs });
  expect(await refusal(() => checkDataset(dataset))).toMatch(/sample 3, value 4: 5 is no category/);
});

test("values before, between and after the samples do not matter", () => {
  const values = Float32Array.of(Number.NaN, 1, 2, Number.NaN, 3, 4, Number.NaN, 5, 6, Number.NaN);
  checkDataset(datasetOf({ inputs: { values, offset: 1, stride: 3 } }));
});

test("fewer values than the count needs are refused with the numbers", async () => {
  expect(await refused({ inputs: { values: new Float32Array(5) } })).toBe(
    'training column "point": 3 samples of 2 values, offset 0, stride 2, take the values to 6, but there are 5 values; give as many samples as count says',
  );
  expect(await refused({ inputs: { values: new Float32Array(6), offset: 1 } })).toMatch(/take the values to 7, but/);
  expect(await refused({ inputs: { values: new Float32Array(6), stride: 3 } })).toMatch(/take the values to 8, but/);
});

test("an offset or a stride that is no place in the values is refused", async () => {
  for (const place of [{ offset: -1 }, { offset: 0.5 }, { stride: 0 }, { stride: 1.5 }]) {
    expect(await refused({ inputs: { values: new Float32Array(9), ...place } })).toMatch(
      /^training column "point" has/,
    );
  }
});

test("values of another type than the column's are refused", async () => {
  expect(await refused({ inputs: { values: new Int32Array(6) } })).toMatch(
    /"point" is f32, its values are a Int32Array/,
  );
  expect(await refused({ labels: { values: new Float32Array(3) } })).toMatch(/"label" is i32, .*; give an Int32Array/);
});

test("a column without values is refused", async () => {
  const dataset = datasetOf({});
  const training = { ...dataset.training, columns: new Map([["point", { values: new Float32Array(6) }]]) };
  expect(await refusal(() => checkDataset({ ...dataset, training }))).toMatch(/^training column "label" has no values/);
});

test("training labels that are all the same are refused by their name, those for validation are not", async () => {
  expect(await refused({ labels: { values: Int32Array.of(1, 1, 1) } })).toMatch(
    /^all 3 training samples have the same "label": "b"; at least two classes/,
  );
  expect(await refused({ labels: { values: Int32Array.of(-1, 2, 2) } })).toMatch(/the same "label": "c"/);
  expect(await refused({ labels: { values: Int32Array.of(-1, -1, -1) } })).toMatch(/does not count/);
  checkDataset(datasetOf({ counts: [3, 1] }));
});

test("labels of validation that stand behind the training labels do not count as a second class", async () => {
  expect(await refused({ labels: { values: Int32Array.of(1, 1, 1, 2, 0) } })).toMatch(/the same "label": "b"/);
});
