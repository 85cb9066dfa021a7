import { alike, type Text } from "./text.ts";

/** A value as errors show it: short, and in one line, whatever it is. */
export function shownValue(value: unknown): Text {
  if (typeof value === "string") return alike(shownText(value));
  if (!Array.isArray(value)) return isObject(value) ? { en: "an object", zh: "{…}" } : alike(String(value));
  if (value.length > 4) return shownList(value);
  const elements = value.map((element) => (Array.isArray(element) ? shownList(element) : shownValue(element)));
  return {
    en: `[${elements.map(({ en }) => en).join(", ")}]`,
    zh: `[${elements.map(({ zh }) => zh).join(", ")}]`,
  };
}

function shownList({ length }: readonly unknown[]): Text {
  return { en: `a list of ${length}`, zh: `[…]（共 ${length} 项）` };
}

/** In quotation marks; the end of a long text is left out, and what would break or reorder the line is escaped. */
function shownText(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return JSON.stringify(short).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, "0")}`,
  );
}

function isObject(value: unknown): boolean {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
