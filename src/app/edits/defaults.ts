import type { Fields } from "../../train/protocol.ts";

/** The values of fields where nothing is said. */
export function defaultsOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
}
