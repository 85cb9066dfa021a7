import { expect, test } from "vitest";
import { nudged } from "./nudged-number.ts";

const rate = { min: 0, max: 1e12, isWhole: false };
const share = { min: 0, max: 0.99, isWhole: false };
const any = { min: -1e6, max: 1e6, isWhole: false };
const count = { min: 1, max: 10, isWhole: true };

test.each([
  [0.001, 0.002, 0.0009],
  [0.002, 0.003, 0.001],
  [0.0009, 0.001, 0.0008],
  [0.1, 0.2, 0.09],
  [1, 2, 0.9],
  [10, 20, 9],
  [25, 35, 15],
  [0.0015, 0.0025, 0.0005],
])("%d goes up to %d and down to %d: by its first digit", (value, up, down) => {
  expect(nudged(value, 1, rate)).toBe(up);
  expect(nudged(value, -1, rate)).toBe(down);
});

test("no arrow brings a number that is not whole to 0, where its size would be lost", () => {
  let value = 0.003;
  for (let k = 0; k < 100; k++) value = nudged(value, -1, rate);
  expect(value).toBeGreaterThan(0);
});

test("0 goes to a thousandth, or less where the range is small", () => {
  expect(nudged(0, 1, rate)).toBe(0.001);
  expect(nudged(0, -1, any)).toBe(-0.001);
  expect(nudged(0, 1, { ...share, max: 0.05 })).toBe(0.00001);
});

test("what is below 0 moves as its mirror image", () => {
  expect(nudged(-0.001, -1, any)).toBe(-0.002);
  expect(nudged(-0.001, 1, any)).toBe(-0.0009);
});

test("whole numbers go by 1", () => {
  expect(nudged(4, 1, count)).toBe(5);
  expect(nudged(4, -1, count)).toBe(3);
});

test("nothing goes past its limits", () => {
  expect(nudged(0.95, 1, share)).toBe(0.99);
  expect(nudged(0, -1, share)).toBe(0);
  expect(nudged(1, -1, count)).toBe(1);
  expect(nudged(10, 1, count)).toBe(10);
});
