import { expect, test } from "vitest";
import type { Column } from "../../src/data/dataset.ts";
import { splitSamples } from "../../src/data/split.ts";
import { samplesOf } from "./source-samples.ts";

const pair: Column = { name: "pair", shape: [2], dtype: "f32" };
const label: Column = { name: "label", shape: [], dtype: "i32" };

/** Sample k is the pair (k, −k) with the label k. */
function numbered(count: number) {
  return new Map<string, Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>([
    ["pair", Float32Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? k / 2 : -(k - 1) / 2))],
    ["label", Int32Array.from({ length: count }, (_, k) => k)],
  ]);
}

test("every sample is either in the training or in the validation, once, and whole", () => {
  const { training, validation } = splitSamples(numbered(101), 101, 0.3, 7);
  expect([training.count, validation.count]).toEqual([71, 30]);
  const labels = [...samplesOf(training, label), ...samplesOf(validation, label)].flat();
  expect([...labels].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, k) => k));
  const pairs = [...samplesOf(training, pair), ...samplesOf(validation, pair)];
  expect(pairs).toEqual(labels.map((k) => [k, k === 0 ? expect.closeTo(0) : -k]));
});

test("the seed alone decides which samples are for validation", () => {
  const held = (seed: number) => samplesOf(splitSamples(numbered(100), 100, 0.2, seed).validation, label).flat();
  expect(held(1)).toEqual(held(1));
  expect(held(2)).not.toEqual(held(1));
  // Of all 100 samples; the first 20 alone would be no random choice.
  expect(Math.max(...held(1))).toBeGreaterThan(50);
});

test.each([
  [0.001, 1],
  [0.999, 9],
])("a fraction of %d leaves a sample to either part", (fraction, held) => {
  const { training, validation } = splitSamples(numbered(10), 10, fraction, 1);
  expect([training.count, validation.count]).toEqual([10 - held, held]);
});

test("columns that share their values still do, and so do training and validation", () => {
  const images = Uint8Array.from({ length: 40 }, (_, k) => k);
  const columns = new Map([
    ["image", images],
    ["same image", images],
  ]);
  const { training, validation } = splitSamples(columns, 10, 0.5, 1);
  const parts = [training, validation].flatMap(({ columns }) => [...columns.values()]);
  expect(parts).toHaveLength(4);
  expect(new Set(parts.map(({ values }) => values)).size).toBe(1);
});

test("the values handed in stay as they were", () => {
  const columns = numbered(20);
  splitSamples(columns, 20, 0.5, 1);
  expect(columns).toEqual(numbered(20));
});
