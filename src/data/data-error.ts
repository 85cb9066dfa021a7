import { DescentError } from "../errors.ts";
import type { Text } from "../schema/text.ts";

/**
 * A "data" error of a file. `problem` says the row, column or byte, what is wrong, the values, and the cure; a string is
 * in English, for the terminal alone.
 */
export function fileError(name: string, problem: string | Text, options?: ErrorOptions): DescentError {
  const file = excerpt(name);
  const message =
    typeof problem === "string"
      ? `${file.en}: ${problem}`
      : { en: `${file.en}: ${problem.en}`, zh: `${file.zh}：${problem.zh}` };
  return new DescentError("data", message, {}, options);
}

/** A text of unknown length, in quotes, as an error can show it. */
export function excerpt(text: string): Text {
  const quoted = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return { en: quoted, zh: `“${quoted.slice(1, -1).replaceAll('\\"', '"')}”` };
}

/** A whole number as people read it: 60,000. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
