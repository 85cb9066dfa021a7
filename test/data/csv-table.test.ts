import { expect, test } from "vitest";
import { checkDataset } from "../../src/data/check-dataset.ts";
import type { Dataset, Samples } from "../../src/data/dataset.ts";
import { csvTableSource } from "../../src/data/sources/csv-table.ts";
import { fileOf, noise } from "./files.ts";
import { load } from "./load.ts";
import { refusal } from "./refusal.ts";

const COUNT = 60;
const bytes = noise(COUNT);
const COLOURS = ["red", "blue", "green"];

/** Rows k: height, colour, kind; height has three digits for k, so that a standardised value tells its row. */
const rows = Array.from({ length: COUNT }, (_, k) => ({
  height: 100 + k * 1.5,
  colour: COLOURS[(bytes[k] as number) % 3] as string,
  kind: (bytes[k] as number) % 2 === 0 ? "even" : "odd",
}));

const csvOf = (cells: readonly (readonly unknown[])[]) => cells.map((row) => row.join(",")).join("\n");
const plants = csvOf([["height", "colour", "kind"], ...rows.map(({ height, colour, kind }) => [height, colour, kind])]);

const read = (content: string, config = {}, seed = 1) =>
  load(csvTableSource, [fileOf("plants.csv", content)], config, seed);
const refused = (content: string, config = {}) => refusal(() => read(content, config));

/** The samples of a column, as lists of numbers. */
function samplesOf({ count, columns }: Samples, name: string, size: number): number[][] {
  const { values, offset = 0 } = columns.get(name) ?? { values: new Float32Array(0) };
  return Array.from({ length: count }, (_, k) => [...values.subarray(offset + k * size, offset + (k + 1) * size)]);
}

const both = (dataset: Dataset, name: string, size: number) =>
  [dataset.training, dataset.validation].map((part) => samplesOf(part, name, size));

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

test("the last column is the target; texts are classes, and one feature each where they are none", async () => {
  const dataset = await read(plants);
  checkDataset(dataset);
  expect(dataset.inputs).toEqual([{ name: "features", shape: [4], dtype: "f32" }]);
  expect(dataset.target).toEqual({ name: "kind", shape: [], dtype: "i32", categories: ["even", "odd"] });
  expect([dataset.training.count, dataset.validation.count]).toEqual([48, 12]);
});

test("numbers are standardised by the mean and deviation of the training rows, in both parts", async () => {
  const dataset = await read(plants);
  const [training, validation] = both(dataset, "features", 4) as [number[][], number[][]];
  const heights = training.map(([height]) => height as number);
  expect(meanOf(heights)).toBeCloseTo(0, 6);
  expect(deviationOf(heights)).toBeCloseTo(1, 6);
  // Heights go up by 1.5 from row to row: any two values tell deviation and mean, and with them each row.
  const all = [...training, ...validation].map(([height]) => height as number).sort((a, b) => a - b);
  const scale = ((all[COUNT - 1] as number) - (all[0] as number)) / (COUNT - 1);
  for (const [k, height] of all.entries()) expect(height).toBeCloseTo((all[0] as number) + k * scale, 5);
  const trainedRows = heights.map((height) => Math.round((height - (all[0] as number)) / scale));
  expect(scale).toBeCloseTo(1.5 / deviationOf(trainedRows.map((k) => rows[k]?.height as number)), 5);
});

test("the features and the target of a sample come from the same row", async () => {
  const dataset = await read(plants);
  const features = both(dataset, "features", 4).flat();
  const labels = both(dataset, "kind", 1).flat(2);
  const order = features.map(([height], k) => ({ height: height as number, k })).sort((a, b) => a.height - b.height);
  for (const [row, { k }] of order.entries()) {
    const { colour, kind } = rows[row] as (typeof rows)[0];
    expect(features[k]?.slice(1)).toEqual(["blue", "green", "red"].map((name) => (name === colour ? 1 : 0)));
    expect(["even", "odd"][labels[k] as number]).toBe(kind);
  }
});

test("the same seed gives the same samples, another seed another split", async () => {
  expect(await read(plants)).toEqual(await read(plants));
  const columns = async (seed: number) => (await read(plants, {}, seed)).training.columns;
  expect(await columns(1)).not.toEqual(await columns(2));
});

test("a target of fractions is a regression, standardised too", async () => {
  const dataset = await read(plants, { target: "height" });
  checkDataset(dataset);
  expect(dataset.target).toEqual({ name: "height", shape: [1], dtype: "f32" });
  expect(dataset.inputs[0]?.shape).toEqual([5]);
  const heights = samplesOf(dataset.training, "height", 1).flat();
  expect(meanOf(heights)).toBeCloseTo(0, 6);
  expect(deviationOf(heights)).toBeCloseTo(1, 6);
});

test("a few whole numbers that recur are classes in the order of their size, unless told otherwise", async () => {
  const content = csvOf([["x", "grade"], ...rows.map(({ height }, k) => [height, [10, 9, 2][k % 3]])]);
  expect((await read(content)).target.categories).toEqual(["2", "9", "10"]);
  expect((await read(content, { task: "regression" })).target.dtype).toBe("f32");
  const counts = csvOf([["x", "count"], ...rows.map(({ height }, k) => [height, k % 13])]);
  expect((await read(counts)).target.dtype).toBe("f32");
  expect((await read(counts, { task: "classification" })).target.categories?.length).toBe(13);
});

test("a constant column is 0 everywhere", async () => {
  const content = csvOf([["c", "kind"], ...rows.map(({ kind }) => [5, kind])]);
  expect(new Set(both(await read(content), "features", 1).flat(2))).toEqual(new Set([0]));
});

test("a target that is named as the input is gets another name", async () => {
  const { target, training } = await read(plants.replace("kind", "features"));
  expect(target.name).toBe("target");
  expect([...training.columns.keys()]).toEqual(["features", "target"]);
});

/** Every fifth height and every sixth colour is missing; so are the targets of rows 0 and 1. */
const holed = csvOf([
  ["height", "colour", "kind"],
  ...rows.map(({ height, colour, kind }, k) => [
    k % 5 === 2 ? "" : height,
    k % 6 === 3 ? "NA" : colour,
    k < 2 ? "?" : kind,
  ]),
]);

test("rows with a missing value are dropped", async () => {
  const left = rows.filter((_, k) => k >= 2 && k % 5 !== 2 && k % 6 !== 3).length;
  const { training, validation } = await read(holed, { missing: "drop" });
  expect(training.count + validation.count).toBe(left);
});

test("or the training rows' mean stands in: 0 of a number, the shares of its categories of a text", async () => {
  const dataset = await read(holed, { missing: "mean" });
  checkDataset(dataset);
  expect(dataset.training.count + dataset.validation.count).toBe(COUNT - 2);
  const [training, validation] = both(dataset, "features", 4) as [number[][], number[][]];
  const colours = training.map((features) => features.slice(1)).filter((shares) => shares.includes(1));
  const expected = [0, 1, 2].map((k) => Math.fround(meanOf(colours.map((shares) => shares[k] as number))));
  const filled = [...training, ...validation].filter((features) => !features.slice(1).includes(1));
  expect(filled.length).toBe(rows.filter((_, k) => k >= 2 && k % 6 === 3).length);
  for (const features of filled) expect(features.slice(1)).toEqual(expected);
  const zeros = [...training, ...validation].filter(([height]) => height === 0);
  expect(zeros.length).toBeGreaterThanOrEqual(rows.filter((_, k) => k >= 2 && k % 5 === 2).length);
});

test("too few rows without missing values are refused with the numbers and the cure", async () => {
  const content = "a,b,c\n1,,x\n,2,y\n3,4,x\n";
  expect(await refused(content)).toBe(
    '"plants.csv": missing values leave 1 of 3 rows, and at least 2 are needed; fill them in or set "missing" to "mean"',
  );
  expect((await read(content, { missing: "mean" })).training.count).toBe(2);
});

test("a table of one row is refused for that", async () => {
  for (const missing of ["drop", "mean"]) {
    expect(await refused("a,b\n1,x\n", { missing })).toBe(
      '"plants.csv": has only 1 row of data; at least 2 are needed, one to learn from and one for validation: choose a file with more',
    );
  }
});

test("numbers with a decimal comma between semicolons are learned as numbers", async () => {
  const numbers = rows.map((_, k) => [k / 8, (k * 37) % 60]);
  const points = csvOf([["x", "y"], ...numbers]).replaceAll(",", ";");
  expect((await read(points)).target).toEqual({ name: "y", shape: [1], dtype: "f32" });
  expect(await read(points.replaceAll(".", ","))).toEqual(await read(points));
});

test("a target that is not there is refused with the columns that are", async () => {
  expect(await refused(plants, { target: "size" })).toBe(
    '"plants.csv": has no column "size"; set "target" to one of "height", "colour", "kind"',
  );
});

test("a table of one column is refused", async () => {
  expect(await refused("height\n1\n2\n")).toMatch(/has only the column "height"/);
});

test("texts as the target of a regression are refused", async () => {
  expect(await refused(plants, { task: "regression" })).toMatch(
    /column "kind", holds texts such as "even"; set "task"/,
  );
});

test("more than 1,000 classes are refused", async () => {
  const content = csvOf([["x", "name"], ...Array.from({ length: 1001 }, (_, k) => [k, `n${k}`])]);
  expect(await refused(content)).toMatch(/column "name", has 1,001 different values, at most 1,000 can be classes/);
});

test("a feature of more than 256 texts is refused by its name", async () => {
  const content = csvOf([["name", "kind"], ...Array.from({ length: 257 }, (_, k) => [`n${k}`, k % 2 ? "a" : "b"])]);
  expect(await refused(content)).toMatch(/column "name" has 257 different texts.*leave the column out/);
});

test("a column whose values all fall to validation is refused", async () => {
  const content = "a,b\n1,x\n,y\n";
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, seed) =>
      load(csvTableSource, [fileOf("few.csv", content)], { missing: "mean", validation: 0.5 }, seed).then(
        () => "read",
        (error: Error) => error.message,
      ),
    ),
  );
  expect(new Set(results)).toEqual(
    new Set([
      "read",
      '"few.csv": column "a" has no values in the rows for training (1); leave the column out, or choose another seed or "validation"',
    ]),
  );
});

test("a text among numbers is refused with row and column", async () => {
  expect(await refused(plants.replace(/^101\.5/m, "tall"))).toMatch(/^"plants\.csv": row 3, column "height": "tall"/);
});

test("no file and two files are refused", async () => {
  const file = fileOf("plants.csv", plants);
  expect(await refusal(() => load(csvTableSource, []))).toBe("no file is given; choose a CSV file");
  expect(await refusal(() => load(csvTableSource, [file, file]))).toMatch(/2 files are given .* only one$/);
});
