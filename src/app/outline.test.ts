import { expect, test } from "vitest";
import { MAX_PIECES, Outline } from "./outline.ts";

const columnsOf = (values: readonly number[]) => ({
  steps: values.map((_, k) => k + 1),
  seconds: values.map((_, k) => (k + 1) / 10),
  values,
});

/** Counts how often values are looked at. */
function watched(values: Float32Array) {
  const count = { reads: 0 };
  const proxy = new Proxy(values, {
    get(target, key) {
      if (key === "length") return target.length;
      count.reads++;
      return target[Number(key)];
    },
  });
  return { proxy, count };
}

test("a short curve is its own outline", () => {
  const outline = new Outline();
  outline.extend(columnsOf([3, 1, 2]));
  expect(outline.length).toBe(3);
  expect([...outline.least.subarray(0, 3)]).toEqual([3, 1, 2]);
  expect([...outline.largest.subarray(0, 3)]).toEqual([3, 1, 2]);
  expect([0, 1, 2].map((k) => outline.mean(k))).toEqual([3, 1, 2]);
});

test("a long curve keeps its least and its largest value, its mean and its last step in at most 2000 pieces", () => {
  const values = Array.from({ length: 50_001 }, (_, k) => Math.sin(k));
  values[12_345] = -7;
  values[43_210] = 9;
  const outline = new Outline();
  outline.extend(columnsOf(values));
  expect(outline.length).toBeLessThanOrEqual(MAX_PIECES);
  expect(Math.min(...outline.least.subarray(0, outline.length))).toBe(-7);
  expect(Math.max(...outline.largest.subarray(0, outline.length))).toBe(9);
  expect(outline.steps[outline.length - 1]).toBe(50_001);
  expect(outline.mean(0)).toBeCloseTo(values.slice(0, outline.width).reduce((a, b) => a + b, 0) / outline.width, 6);
});

test("an outline that grew little by little is the one that was made at once", () => {
  const values = Array.from({ length: 9_999 }, (_, k) => Math.cos(k / 50));
  const [atOnce, grown] = [new Outline(), new Outline()];
  atOnce.extend(columnsOf(values));
  for (let length = 7; length < values.length + 7; length += 7) grown.extend(columnsOf(values.slice(0, length)));
  expect(grown.keep()).toEqual(atOnce.keep());
});

test("values that were not measured are left out, and a piece without any is NaN", () => {
  const outline = new Outline();
  outline.extend(columnsOf([Number.NaN, 1, Number.POSITIVE_INFINITY]));
  expect(outline.least[0]).toBeNaN();
  expect(outline.mean(0)).toBeNaN();
  expect(outline.mean(1)).toBe(1);
  expect(outline.largest[2]).toBeNaN();
});

test("pieces with and without values merge into one with values", () => {
  const values = Array.from({ length: 2 * MAX_PIECES }, (_, k) => (k % 2 === 0 ? Number.NaN : k));
  const outline = new Outline();
  outline.extend(columnsOf(values));
  expect(outline.least[1]).toBe(3);
  expect(outline.largest[1]).toBe(3);
});

test("appending to a million entries looks at nothing but what is appended", () => {
  const values = new Float32Array(1_000_100).map((_, k) => Math.sin(k));
  const steps = new Float64Array(values.length).map((_, k) => k + 1);
  const outline = new Outline();
  outline.extend({ steps, seconds: steps, values: values.subarray(0, 1_000_000) });
  const { proxy, count } = watched(values);
  outline.extend({ steps, seconds: steps, values: proxy });
  expect(count.reads).toBe(100);
});

test("what is kept of an outline is restored as it was", () => {
  const outline = new Outline();
  outline.extend(columnsOf(Array.from({ length: 5000 }, (_, k) => k % 13)));
  const restored = Outline.restore(structuredClone(outline.keep()));
  expect(restored.keep()).toEqual(outline.keep());
});
