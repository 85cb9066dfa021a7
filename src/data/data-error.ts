import { DescentError } from "../errors.ts";

/** A "data" error of a file. `problem` says the row, column or byte, what is wrong, the values, and the cure. */
export function fileError(name: string, problem: string, options?: ErrorOptions): DescentError {
  return new DescentError("data", `${excerpt(name)}: ${problem}`, {}, options);
}

/** A text of unknown length, in quotes, as an error can show it. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A whole number as people read it: 60,000. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
