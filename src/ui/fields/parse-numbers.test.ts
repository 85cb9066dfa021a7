import { describe, expect, test } from "vitest";
import { listText, pairText, parseList, parsePair } from "./parse-numbers.ts";

const kernel = { min: 1, max: 64 };
const shape = { min: -1, max: 1000, maxLength: 3 };

describe("a pair", () => {
  test.each([
    ["3", 3],
    [" 5 ", 5],
    ["3 × 5", [3, 5]],
    ["3x5", [3, 5]],
    ["3, 5", [3, 5]],
    ["3，5", [3, 5]],
    ["4 × 4", 4],
  ])("is read from %j", (text, pair) => {
    expect(parsePair(text, kernel)).toEqual(pair);
  });

  test.each(["", "three", "3.5", "0", "65", "3 × 65", "3 × 3 × 3", "3 ×", "3 5", "1e1"])("is not %j", (text) => {
    expect(parsePair(text, kernel)).toBeUndefined();
  });

  test("is read from the text it is shown as", () => {
    for (const pair of [7, [2, 9]] as const) expect(parsePair(pairText(pair), kernel)).toEqual(pair);
  });
});

describe("a list", () => {
  test.each([
    ["2, 3, 4", [2, 3, 4]],
    ["2,3", [2, 3]],
    ["-1", [-1]],
    ["−1", [-1]],
    ["", []],
  ])("is read from %j", (text, list) => {
    expect(parseList(text, shape)).toEqual(list);
  });

  test.each(["2,", "a", "1, 2, 3, 4", "2 3", "-2", "1001", "0.5"])("is not %j", (text) => {
    expect(parseList(text, shape)).toBeUndefined();
  });

  test("is read from the text it is shown as", () => {
    expect(parseList(listText([-1, 28, 28]), shape)).toEqual([-1, 28, 28]);
  });
});
