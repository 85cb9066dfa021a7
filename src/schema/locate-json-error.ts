/** Where a text stops being JSON, counted from 1, and what stands there. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  /** As a reader would say it: `"}"`, `the end of the file`. */
  readonly found: string;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const OTHER_SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Finds the first token that does not fit in a text that `JSON.parse` refused (RFC 8259): what the engine itself says
 * of the place differs from version to version, and often is nothing.
 */
export function locateJsonError(text: string): JsonError {
  let at = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match !== null;
  };
  const takeMark = (mark: string) => {
    take(SPACE);
    if (text[at] !== mark) return false;
    at++;
    return true;
  };
  const takeKey = () => {
    take(SPACE);
    return take(STRING) && takeMark(":");
  };
  /** The brackets that are still open; no recursion, so that no depth is too much. */
  const open: string[] = [];

  /** Takes all that begins a value; false where none stands here. */
  const takeValue = (): boolean => {
    while (true) {
      if (takeMark("[")) {
        if (takeMark("]")) return true;
        open.push("]");
      } else if (takeMark("{")) {
        if (takeMark("}")) return true;
        open.push("}");
        if (!takeKey()) return false;
      } else {
        return take(STRING) || take(OTHER_SCALAR);
      }
    }
  };

  while (takeValue()) {
    while (open.length > 0 && takeMark(open.at(-1) as string)) open.pop();
    if (open.length === 0 || !takeMark(",")) break;
    if (open.at(-1) === "}" && !takeKey()) break;
  }
  take(SPACE);
  const before = text.slice(0, at).split("\n");
  const here = text[at];
  return {
    line: before.length,
    column: (before.at(-1) as string).length + 1,
    found:
      here === undefined ? "the end of the file" : JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number)),
  };
}
