import { excerpt } from "../data-error.ts";

/**
 * What is wrong with a JSON text that `JSON.parse` takes without a word: an object with a key twice (it keeps the
 * last), or objects and arrays nested deeper than `maxDepth` (which cost it memory). Of a text that is no JSON it may
 * find nothing, or throw as `JSON.parse` does.
 */
export function jsonFault(json: string, maxDepth: number): string | undefined {
  // The keys of the objects and arrays that are open; an array has none.
  const open: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === "{" || character === "[") {
      if (open.push(new Set()) > maxDepth) return `is nested deeper than ${maxDepth}`;
    } else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = stringEnd(json, i);
      if (isKey(json, end)) {
        const key = JSON.parse(json.slice(i, end)) as string;
        const keys = open.at(-1);
        if (keys?.has(key)) return `has the key ${excerpt(key).en} twice`;
        keys?.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

/** The position after a string that begins at `start`. */
function stringEnd(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
  return i + 1;
}

/** Whether the string that ends before a position is followed by a colon. */
function isKey(json: string, position: number): boolean {
  let next = position;
  while (" \n\r\t".includes(json[next] ?? "end")) next++;
  return json[next] === ":";
}
