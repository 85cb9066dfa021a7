import type { KeyboardEvent } from "react";

/** What an input method's own key has for a code; Safari tells of the one that ends a word only so. */
const INPUT_METHOD = 229;

/** Whether a key is for the input method, as for Chinese: Enter then takes its word, Escape gives it up, and no more. */
export function isComposing({
  nativeEvent,
}: {
  readonly nativeEvent: Pick<KeyboardEvent["nativeEvent"], "isComposing" | "keyCode">;
}): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === INPUT_METHOD;
}
