import type { Field, Text } from "../../app/engine-types.ts";

/** How an option of a choice is called on screen. */
export function optionText(field: Extract<Field, { kind: "choice" }>, option: string, say: (text: Text) => string) {
  const word = field.words?.[option];
  return word === undefined ? option : say(word);
}
