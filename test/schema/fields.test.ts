import { describe, expect, test } from "vitest";
import { auto, choice, flag, integer, line, list, number, optional, pair } from "../../src/schema/field.ts";
import { shapeOf } from "../../src/schema/field-schema.ts";
import { strict } from "../../src/schema/objects.ts";
import { parse } from "../../src/schema/parse.ts";
import { alike } from "../../src/schema/text.ts";
import { experimentError, refusalOf } from "./refusal.ts";

const described = { label: { en: "L", zh: "标" }, help: { en: "Helps.", zh: "说明。" } };
const fields = {
  count: integer({ ...described, min: 1, max: 8, default: 2 }),
  units: auto({ ...described, auto: { en: "As many.", zh: "同样多。" }, min: 1, max: 8, default: "auto" }),
  rate: number({ ...described, min: 0, max: 0.5, default: 0.25 }),
  clip: optional({ ...described, min: 0.1, max: 9, default: null }),
  mode: choice({ ...described, options: ["same", "valid"], default: "valid" }),
  bias: flag({ ...described, default: true }),
  size: pair({ ...described, min: 1, max: 5, default: 3 }),
  shape: list({ ...described, min: -1, max: 9, maxLength: 3, default: [-1, 4] }),
  column: line({ ...described, maxLength: 4, default: "x" }),
};
const schema = strict(alike("Thing"), shapeOf(fields));
const parsed = (value: unknown) => parse(schema, value, { en: "the thing", zh: "此物" }, "experiment");

const COUNT = "a whole number from 1 to 8";
const UNITS = `${COUNT}, or "auto"`;
const RATE = "a number from 0 to 0.5";
const CLIP = "a number from 0.1 to 9, or null";
const SIZE = "a whole number from 1 to 5, or two of them: [height, width]";
const SHAPE = "a list of at most 3 whole numbers from -1 to 9";
const COLUMN = "a text of at most 4 characters";

/** Field, refused value, the value as the error shows it, what the error allows. */
const refused: readonly (readonly [field: string, value: unknown, shown: string, allowed: string])[] = [
  ...([0, 9, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53] as const).flatMap(
    (value) =>
      [
        ["count", value, String(value), COUNT],
        ["units", value, String(value), UNITS],
      ] as const,
  ),
  ["count", "2", '"2"', COUNT],
  ["count", null, "null", COUNT],
  ["count", true, "true", COUNT],
  ["count", [2], "[2]", COUNT],
  ["count", {}, "an object", COUNT],
  ["units", "Auto", '"Auto"', UNITS],
  ["units", null, "null", UNITS],
  ["rate", -1e-9, "-1e-9", RATE],
  ["rate", 0.51, "0.51", RATE],
  ["rate", Number.NaN, "NaN", RATE],
  ["rate", Number.POSITIVE_INFINITY, "Infinity", RATE],
  ["rate", 2 ** 53, "9007199254740992", RATE],
  ["rate", "0.1", '"0.1"', RATE],
  ["rate", null, "null", RATE],
  ["clip", 0, "0", CLIP],
  ["clip", 10, "10", CLIP],
  ["clip", Number.NaN, "NaN", CLIP],
  ["clip", Number.POSITIVE_INFINITY, "Infinity", CLIP],
  ["clip", "off", '"off"', CLIP],
  ["clip", false, "false", CLIP],
  ["mode", "full", '"full"', "one of same, valid"],
  ["mode", 0, "0", "one of same, valid"],
  ["mode", "constructor", '"constructor"', "one of same, valid"],
  ["bias", 1, "1", "true or false"],
  ["bias", "true", '"true"', "true or false"],
  ["bias", null, "null", "true or false"],
  ["size", 0, "0", SIZE],
  ["size", 6, "6", SIZE],
  ["size", 1.5, "1.5", SIZE],
  ["size", 2 ** 53, "9007199254740992", SIZE],
  ["size", Number.NaN, "NaN", SIZE],
  ["size", [3], "[3]", SIZE],
  ["size", [3, 3, 3], "[3, 3, 3]", SIZE],
  ["size", "3", '"3"', SIZE],
  ["shape", 4, "4", SHAPE],
  ["shape", [1, 2, 3, 4], "[1, 2, 3, 4]", SHAPE],
  ["shape", Array.from({ length: 1000 }, () => 1), "a list of 1000", SHAPE],
  ["shape", null, "null", SHAPE],
  ["column", "xxxxx", '"xxxxx"', COLUMN],
  ["column", 7, "7", COLUMN],
  ["column", null, "null", COLUMN],
];

test("fields that are left out take their defaults", () => {
  expect(parsed({})).toEqual({
    count: 2,
    units: "auto",
    rate: 0.25,
    clip: null,
    mode: "valid",
    bias: true,
    size: 3,
    shape: [-1, 4],
    column: "x",
  });
});

test.each([
  { count: 1, units: 1, rate: 0, clip: 0.1, mode: "same", bias: false, size: 1, shape: [], column: "" },
  {
    count: 8,
    units: 8,
    rate: 0.5,
    clip: 9,
    mode: "valid",
    bias: true,
    size: [1, 5],
    shape: [-1, 9, 0],
    column: "列列列列",
  },
  { count: 3, units: "auto", rate: 0.1, clip: null, mode: "same", bias: true, size: 5, shape: [2], column: "a\\b" },
])("values within the range stay as they are: %j", (value) => {
  expect(parsed(value)).toEqual(value);
});

test.each(refused)("%s that is %j is refused with value and range", (field, value, shown, allowed) => {
  expect(refusalOf(() => parsed({ [field]: value }))).toBe(`${field} is ${shown}; give ${allowed}`);
});

test.each([
  [{ count: 0 }, "count 为 0；应为：1 到 8 之间的整数"],
  [{ units: {} }, 'units 为 {…}；应为：1 到 8 之间的整数，或 "auto"'],
  [{ clip: [[1], "a"] }, 'clip 为 [[…]（共 1 项）, "a"]；应为：0.1 到 9 之间的数，或 null'],
  [{ mode: "sane" }, 'mode 为 "sane"；是否想写 same？应为：same、valid 之一'],
  [{ shape: [1, 2, 3, 4, 5] }, "shape 为 […]（共 5 项）；应为：最多 3 个 -1 到 9 之间的整数组成的列表"],
  [null, "此物为 null；应为：对象，字段有 count、units、rate、clip、mode、bias、size、shape、column"],
  [
    { unit: 1 },
    '此物含有 "unit"，但“Thing”没有这样的字段；是否想写 units？可用的字段：count、units、rate、clip、mode、bias、size、shape、column',
  ],
])("%j is refused in Chinese, too", (value, zh) => {
  expect(experimentError(() => parsed(value)).text?.zh).toBe(zh);
});

test("an element of a list or a pair is named by its place", () => {
  expect(refusalOf(() => parsed({ size: [3, 0] }))).toBe("size[1] is 0; give a whole number from 1 to 5");
  expect(refusalOf(() => parsed({ shape: [1, 1.5] }))).toBe("shape[1] is 1.5; give a whole number from -1 to 9");
});

describe("keys", () => {
  test("that no field has are refused with those there are", () => {
    expect(refusalOf(() => parsed({ depth: 1 }))).toBe(
      'the thing has "depth", which is no field of Thing; fields: count, units, rate, clip, mode, bias, size, shape, column',
    );
  });

  test("that are misspelt are refused with the one that was meant", () => {
    expect(refusalOf(() => parsed({ unit: 1 }))).toContain(
      '"unit", which is no field of Thing; did you mean units? fields: count, ',
    );
  });

  test("of hundreds are not all named", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, k) => [`key${k}`, k]));
    expect(refusalOf(() => parsed(many))).toContain('has "key0", "key1", "key2" and 497 others, which are no fields');
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s are refused as any other", (key) => {
    expect(refusalOf(() => parsed(JSON.parse(`{"${key}": {"count": 3}}`)))).toContain(
      `has "${key}", which is no field`,
    );
    expect(Object.hasOwn(Object.prototype, "count")).toBe(false);
  });
});

describe("a value that cannot be printed as it is", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  const round: Record<string, unknown> = {};
  round.round = round;

  test.each([
    ["a text of a million characters", "y".repeat(1e6), `"${"y".repeat(57)}…"`],
    ["a text of several lines", "a\nb\u2028c\u0085\u202e", '"a\\nb\\u2028c\\u0085\\u202e"'],
    ["a text with quotation marks", 'a"b\\', '"a\\"b\\\\"'],
    ["a list in a list in a list …", deep, "[a list of 1]"],
    ["an object within itself", round, "an object"],
    ["a big integer", 10n, "10"],
  ])("is shown in short: %s", (_, value, shown) => {
    expect(refusalOf(() => parsed({ count: value }))).toBe(`count is ${shown}; give ${COUNT}`);
  });

  test.each(["k".repeat(1e6), "a\nb"])("is shown in short where it is a key", (key) => {
    expect(refusalOf(() => parsed({ [key]: 1 }))).toContain("which is no field of Thing");
  });
});

test.each([
  [null, "null"],
  [[], "[]"],
  ["text", '"text"'],
  [7, "7"],
])("%j is no object", (value, shown) => {
  expect(refusalOf(() => parsed(value))).toBe(
    `the thing is ${shown}; give an object with count, units, rate, clip, mode, bias, size, shape, column`,
  );
});
