import { expect, test } from "vitest";
import { Random } from "../../src/data/random.ts";

const COUNT = 100_000;

const draw = (make: (random: Random) => number, seed = 1, stream = "test") => {
  const random = new Random(seed, stream);
  return Array.from({ length: COUNT }, () => make(random));
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("the same seed and stream give the same numbers", () => {
  expect(draw((random) => random.uniform())).toEqual(draw((random) => random.uniform()));
});

test.each([
  ["another seed", 2, "test"],
  ["a seed that differs in its highest bits only", 1 + 2 ** 52, "test"],
  ["another stream", 1, "tesu"],
])("%s gives numbers that have nothing to do with the first", (_, seed, stream) => {
  const first = draw((random) => random.uniform(-1, 1));
  const second = draw((random) => random.uniform(-1, 1), seed, stream);
  // The mean of products of independent numbers with variance 1/3 has a deviation of 1 / (3 √n).
  expect(Math.abs(mean(first.map((value, k) => value * (second[k] as number))))).toBeLessThan(5 / 3 / Math.sqrt(COUNT));
});

test("the first numbers of close seeds are spread evenly", () => {
  const firsts = Array.from({ length: 10_000 }, (_, seed) => new Random(seed, "test").uniform());
  expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan(5 / Math.sqrt(12 * firsts.length));
  const pairs = firsts.slice(1).map((value, seed) => (value - 0.5) * ((firsts[seed] as number) - 0.5));
  expect(Math.abs(mean(pairs))).toBeLessThan(5 / 12 / Math.sqrt(pairs.length));
});

test("uniform numbers have the bounds, mean and variance of their distribution", () => {
  const values = draw((random) => random.uniform(-3, 5));
  expect(values.every((value) => value >= -3 && value < 5)).toBe(true);
  expect(Math.abs(mean(values) - 1)).toBeLessThan((5 * 8) / Math.sqrt(12 * COUNT));
  expect(mean(values.map((value) => (value - 1) ** 2))).toBeCloseTo(8 ** 2 / 12, 1);
});

test("normal numbers have the mean, deviation and tails of their distribution", () => {
  const values = draw((random) => random.normal(2, 3)).map((value) => (value - 2) / 3);
  expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(COUNT));
  // The variance of x² is 2, that of x⁴ is 105 − 9.
  expect(Math.abs(mean(values.map((value) => value ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
  expect(Math.abs(mean(values.map((value) => value ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / COUNT));
});

test("whole numbers are all as likely", () => {
  const counts = new Array<number>(7).fill(0);
  for (const value of draw((random) => random.integer(7))) counts[value] = (counts[value] as number) + 1;
  const expected = COUNT / 7;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts).toHaveLength(7);
  // Beyond 22.5 in one of a thousand tries (6 degrees of freedom).
  expect(chiSquare).toBeLessThan(22.5);
});

test("shuffling keeps the values and gives each of the orders of three as often", () => {
  const random = new Random(1, "test");
  const counts = new Map<string, number>();
  for (let k = 0; k < 60_000; k++) {
    const order = random.shuffle([1, 2, 3]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(["123", "132", "213", "231", "312", "321"]);
  // A count has a deviation of √(n · 1/6 · 5/6).
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt((60_000 * 5) / 36));
});

test("each value is picked, and nothing else", () => {
  expect(new Set(draw((random) => random.pick([3, 5, 8])))).toEqual(new Set([3, 5, 8]));
});
