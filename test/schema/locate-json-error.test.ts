import { describe, expect, test } from "vitest";
import { locateJsonError } from "../../src/schema/locate-json-error.ts";

describe("the place where a text stops being JSON", () => {
  test.each([
    ["", 1, 1, "the end of the file"],
    ["   \n ", 2, 2, "the end of the file"],
    ["spiral", 1, 1, '"s"'],
    ['{"a": 1,}', 1, 9, '"}"'],
    ["[1, 2,]", 1, 7, '"]"'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"\\""'],
    ["{'a': 1}", 1, 2, '"\'"'],
    ["{a: 1}", 1, 2, '"a"'],
    ['{"a" 1}', 1, 6, '"1"'],
    ['{"a": [1, {"b": tru}]}', 1, 17, '"t"'],
    ['{"a": 1} x', 1, 10, '"x"'],
    ['{"a": "b', 1, 7, '"\\""'],
    ['{"a": "b\tc"}', 1, 7, '"\\""'],
    ['{"a": 01}', 1, 8, '"1"'],
    ['{"a": NaN}', 1, 7, '"N"'],
    ['{"a": [1, 2}', 1, 12, '"}"'],
    ['{"a": 1', 1, 8, "the end of the file"],
    ['{"a": 1} // spiral', 1, 10, '"/"'],
    ["[".repeat(100_000), 1, 100_001, "the end of the file"],
    ['["😀" 😀]', 1, 7, '"😀"'],
  ])("%j", (text, line, column, found) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(locateJsonError(text)).toEqual({ line, column, found });
  });

  test("lies behind everything that is JSON", () => {
    const texts = [
      '{"a":[1,-2.5e+3,{"b":null}],"c":"\\u00e9\\n\\"\u0080\u007f","d":{},"e":[]}',
      "[]",
      '"x"',
      "-0",
      "true",
    ];
    for (const text of texts) {
      expect(() => JSON.parse(text)).not.toThrow();
      expect(locateJsonError(`${text}\n?`)).toEqual({ line: 2, column: 1, found: '"?"' });
    }
  });
});
