import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bigramLoss } from "../../src/data/bigram.ts";
import type { ColumnValues, Dataset } from "../../src/data/dataset.ts";
import { corpusSource } from "../../src/data/sources/corpus.ts";
import { dataSources } from "../../src/data/sources.ts";

const folder = new URL("../../src/data/corpus/", import.meta.url);
const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const verse = ["ballads.txt", "verses.txt"];

const config = { part: "all", length: 64, stride: 1, validation: 0.1 };
const load = (changed: Partial<typeof config> = {}) => corpusSource.load({ ...config, ...changed }, 1, []);

test("the text has at least 100,000 bytes, all ASCII, in lines of at most 72 characters", () => {
  const text = [...files.values()].join("");
  expect(Buffer.byteLength(text)).toBeGreaterThanOrEqual(100_000);
  expect([...new Set(text)].filter((character) => character !== "\n" && (character < " " || character > "~"))).toEqual(
    [],
  );
  expect(text.split("\n").filter((line) => line.length > 72)).toEqual([]);
});

test("no passage of 60 characters stands in it twice", () => {
  const text = [...files.values()].join("\n");
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (let i = 0; i + 60 <= text.length; i++) {
    const passage = text.slice(i, i + 60);
    if (seen.has(passage)) repeated.push(passage);
    seen.add(passage);
  }
  expect(repeated).toEqual([]);
});

test("all of it is every file whole, the prose and the verse are the files of that form", async () => {
  const all = wholeText(await load());
  for (const [name, text] of files) expect(all.includes(text), name).toBe(true);
  // Joined by a line break each.
  expect(all.length).toBe(sum([...files.values()].map((text) => text.length + 1)) - 1);
  for (const part of ["prose", "verse"]) {
    const chosen = wholeText(await load({ part }));
    const included = [...files].filter(([, text]) => chosen.includes(text)).map(([name]) => name);
    expect(included).toEqual([...files.keys()].filter((name) => verse.includes(name) === (part === "verse")));
  }
});

test("training samples are windows of the text a stride apart, and what follows is the same one character later", async () => {
  const dataset = await load({ length: 40, stride: 7 });
  const text = wholeText(dataset);
  const { count, columns } = dataset.training;
  for (const k of [0, 1, 1000, count - 1]) {
    expect(sampleText(dataset, columns.get("text"), k)).toBe(text.slice(7 * k, 7 * k + 40));
    expect(sampleText(dataset, columns.get("next"), k)).toBe(text.slice(7 * k + 1, 7 * k + 41));
  }
});

test("validation samples are the last tenth of the text, window after window, and no training sample reaches it", async () => {
  const dataset = await load();
  const text = wholeText(dataset);
  const begin = text.length - Math.floor(text.length / 10);
  const { count, columns } = dataset.validation;
  expect(count).toBe(Math.floor((text.length - begin - 1) / 64));
  for (const k of [0, 1, count - 1]) {
    expect(sampleText(dataset, columns.get("text"), k)).toBe(text.slice(begin + 64 * k, begin + 64 * k + 64));
    expect(sampleText(dataset, columns.get("next"), k)).toBe(text.slice(begin + 64 * k + 1, begin + 64 * k + 65));
  }
  const next = dataset.training.columns.get("next") as ColumnValues;
  const end = (next.offset ?? 0) + (dataset.training.count - 1) * (next.stride ?? 64) + 64;
  expect(end).toBe(begin);
});

test("the part kept for validation is like the rest: bigrams counted on one foretell the other within 0.1 nats", async () => {
  const dataset = await load();
  const ids = dataset.training.columns.get("text")?.values as Int32Array;
  const vocabulary = categories(dataset).length;
  const begin = ids.length - Math.floor(ids.length / 10);
  const held = bigramLoss(ids.subarray(0, begin), ids.subarray(begin), vocabulary);
  // Every other tenth, held back in its turn.
  const tenth = ids.length - begin;
  const elsewhere = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => {
    const rest = Int32Array.from([...ids.subarray(0, k * tenth), ...ids.subarray((k + 1) * tenth)]);
    return bigramLoss(rest, ids.subarray(k * tenth, (k + 1) * tenth), vocabulary);
  });
  expect(Math.abs(held - sum(elsewhere) / elsewhere.length)).toBeLessThan(0.1);
});

test("it stands in the list of data sources", () => {
  expect(dataSources).toContain(corpusSource);
});

/** All the text a data set holds: its columns share one array of ids. */
function wholeText(dataset: Dataset): string {
  return decoded(dataset, dataset.training.columns.get("text")?.values as Int32Array);
}

function sampleText(dataset: Dataset, column: ColumnValues | undefined, k: number): string {
  const [length] = dataset.target.shape as [number];
  const { values, offset = 0, stride = length } = column as ColumnValues;
  return decoded(dataset, values.subarray(offset + k * stride, offset + k * stride + length) as Int32Array);
}

function decoded(dataset: Dataset, ids: Int32Array): string {
  const characters = categories(dataset);
  return Array.from(ids, (id) => characters[id]).join("");
}

function categories(dataset: Dataset): readonly string[] {
  return dataset.target.categories as readonly string[];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
