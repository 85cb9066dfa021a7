import type * as z from "zod/mini";
import { DescentError, type ErrorKind } from "../errors.ts";

/** The value, checked and completed; throws an error that names the first place that is wrong. */
export function parse<T extends z.ZodMiniType>(schema: T, value: unknown, name: string, kind: ErrorKind): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues as [z.core.$ZodIssue, ...z.core.$ZodIssue[]];
  throw new DescentError(kind, `${pathOf(name, path)} ${message}`);
}

/** As it is written in JavaScript: model.nodes[2].units */
function pathOf(name: string, path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.startsWith(".") ? text.slice(1) : `${name}${text}`;
}
