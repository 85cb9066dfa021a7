import type { ViewRequest } from "./view-protocol.ts";

/** Whether two requests ask for the same: their fields are numbers, texts or lists of numbers. */
export function isSameRequest(a: ViewRequest, b: ViewRequest): boolean {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([name, value]) => isSame(value, right.get(name)));
}

function isSame(a: unknown, b: unknown): boolean {
  if (!(a instanceof Float32Array && b instanceof Float32Array)) return Object.is(a, b);
  return a.length === b.length && a.every((value, k) => Object.is(value, b[k]));
}
