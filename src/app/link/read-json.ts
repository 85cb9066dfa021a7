import { MAX_DEPTH, MAX_VALUES } from "./limits.ts";
import { LinkError } from "./link-error.ts";

/** Names that reach into what every object shares. */
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

/** JSON from a stranger: not too deep, not too much, and without names that would reach into every object. */
export function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LinkError({ kind: "notJson" });
  }
  let count = 0;
  const look = (part: unknown, depth: number) => {
    if (++count > MAX_VALUES) throw new LinkError({ kind: "tooManyValues", limit: MAX_VALUES });
    if (typeof part !== "object" || part === null) return;
    if (depth > MAX_DEPTH) throw new LinkError({ kind: "tooDeep", limit: MAX_DEPTH });
    for (const key of Object.keys(part)) {
      if (FORBIDDEN.includes(key)) throw new LinkError({ kind: "forbiddenKey", key });
      look((part as Record<string, unknown>)[key], depth + 1);
    }
  };
  look(value, 1);
  return value;
}
