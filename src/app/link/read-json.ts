import { MAX_DEPTH, MAX_VALUES } from "./limits.ts";
import { LinkError } from "./link-error.ts";

/** Names that reach into what every object shares. */
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

/** JSON from a stranger: not too deep, not too much, and without names that would reach into every object. */
export function readJson(text: string): unknown {
  requireModest(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LinkError({ kind: "notJson" });
  }
  requireHarmlessKeys(value);
  return value;
}

/** Looks at the text alone, which costs a fraction of making values of it: a link is refused at once or not at all. */
function requireModest(text: string): void {
  let depth = 0;
  let values = 1;
  let isInText = false;
  for (let k = 0; k < text.length; k++) {
    const character = text[k];
    if (isInText) {
      if (character === "\\") k++;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === ",") values++;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > MAX_DEPTH) throw new LinkError({ kind: "tooDeep", limit: MAX_DEPTH });
    if (values > MAX_VALUES) throw new LinkError({ kind: "tooManyValues", limit: MAX_VALUES });
  }
}

function requireHarmlessKeys(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (FORBIDDEN.includes(key)) throw new LinkError({ kind: "forbiddenKey", key });
    requireHarmlessKeys(part);
  }
}
