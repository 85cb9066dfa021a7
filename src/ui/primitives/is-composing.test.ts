import { expect, test } from "vitest";
import { isComposing } from "./is-composing.ts";

test("a key is the input method's while it composes, and when it ends a word in Safari", () => {
  expect(isComposing({ nativeEvent: { isComposing: true, keyCode: 13 } })).toBe(true);
  expect(isComposing({ nativeEvent: { isComposing: false, keyCode: 229 } })).toBe(true);
  expect(isComposing({ nativeEvent: { isComposing: false, keyCode: 13 } })).toBe(false);
});
