import type * as z from "zod/mini";
import { DescentError, type ErrorKind } from "../errors.ts";
import { issueText } from "./issue-text.ts";
import type { Text } from "./text.ts";

/** The value, checked and completed; throws an error that names the first place that is wrong. */
export function parse<T extends z.ZodMiniType>(schema: T, value: unknown, name: Text, kind: ErrorKind): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues as [z.core.$ZodIssue, ...z.core.$ZodIssue[]];
  const { en, zh } = issueText(message);
  if (path.length === 0) throw new DescentError(kind, { en: `${name.en} ${en}`, zh: `${name.zh}${zh}` });
  const place = pathOf(path);
  throw new DescentError(kind, { en: `${place} ${en}`, zh: `${place} ${zh}` });
}

/** As it is written in JavaScript: model.nodes[2].units */
function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.replace(/^\./, "");
}
