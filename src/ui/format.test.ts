import { expect, test } from "vitest";
import { digitsToTellApart, formatNumber, formatQuantity } from "./format.ts";

test("numbers are written as people write them", () => {
  const written = [1240, 0.08341234, -3.2e-7, 0, Number.NaN, Number.NEGATIVE_INFINITY].map((n) => formatNumber(n));
  expect(written).toEqual(["1,240", "0.08341", "−3.2e−7", "0", "NaN", "−∞"]);
});

test("a seed is written out, an exploding loss is not, though every large number of 32 bits is whole", () => {
  const written = [2 ** 32 - 1, Math.fround(3.2e12), Math.fround(-1e30), 1.5e9 + 0.5].map((n) => formatNumber(n));
  expect(written).toEqual(["4,294,967,295", "3.2e+12", "−1e+30", "1.5e+9"]);
});

test("quantities have a prefix for their unit", () => {
  expect([12, 1218, 9_943_210, 4.1e10].map(formatQuantity)).toEqual(["12 ", "1.22 k", "9.94 M", "41 G"]);
});

test("an axis in a narrow range has labels that differ", () => {
  const ticks = [0.9981, 0.9983, 0.9985, 0.9987];
  expect(ticks.map((tick) => formatNumber(tick, digitsToTellApart(ticks)))).toEqual([
    "0.9981",
    "0.9983",
    "0.9985",
    "0.9987",
  ]);
  expect(digitsToTellApart([0, 0.5, 1])).toBe(3);
  expect(digitsToTellApart([])).toBe(3);
});
