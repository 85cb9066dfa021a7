import { expect, test } from "vitest";
import { jsonFault } from "../../../src/data/formats/json-fault.ts";

test.each([
  ['{"a":1,"b":2,"a":3}', "a"],
  ['{"a":1 , "a"\n:\t2}', "a"],
  ['{"x":{"a":[1],"b":{},"a":2}}', "a"],
  ['{"\\u0061":1,"a":2}', "a"],
  ['{"__proto__":1,"__proto__":2}', "__proto__"],
])("%s has the key %s twice", (json, key) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(jsonFault(json, 9)).toBe(`has the key "${key}" twice`);
});

test.each([
  '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
  '{"a":"b","b":"a"}',
  '{"a":"\\"b\\":","b":1}',
  '{"a\\\\":1,"a":2}',
  '["a","a"]',
  '"a"',
  '{"a":"[[[[[[[[[[[["}',
  '{"a":"\\"[[[[[[[[[[[[","b":1}',
])("%s has no key twice and is not deep", (json) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(jsonFault(json, 3)).toBeUndefined();
});

test("a text may be nested to the limit and no deeper", () => {
  expect(jsonFault('{"a":[[1]],"b":[[2]]}', 3)).toBeUndefined();
  expect(jsonFault('{"a":[[1]],"b":[[[2]]]}', 3)).toBe("is nested deeper than 3");
});

test("a string of 20 million characters is passed over", () => {
  expect(jsonFault(`{"a":"${"\\n".repeat(1e7)}","a":1}`, 3)).toBe('has the key "a" twice');
});

test("a text that is no JSON ends the search as well", () => {
  for (const json of ["", "{", '"', '{"a', '{"a\\', "]]]", "{a:1}"]) expect(jsonFault(json, 3)).toBeUndefined();
  expect(() => jsonFault('{"\\q":1}', 3)).toThrow(SyntaxError);
});
