/** A complete experiment as JSON, all defaults left out. */
export const smallExperiment = {
  version: 1,
  data: { kind: "circle" },
  model: {
    nodes: [
      { id: "input", layer: "Input" },
      { id: "hidden", layer: "Dense", units: 8, activation: "tanh" },
      { id: "output", layer: "Dense", units: "auto" },
    ],
    edges: [
      { from: "input", to: "hidden" },
      { from: "hidden", to: "output" },
    ],
  },
  loss: { kind: "categoricalCrossentropy" },
  optimizer: { kind: "adam" },
} as const;

/** Keys and indices from the outside in. */
export type Path = readonly (string | number)[];

/** JSON with another value at a path; undefined takes the key away. The key may be any, `__proto__` too. */
export function changedAt(json: unknown, [key, ...inner]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Array.isArray(json) ? [...json] : { ...(json as object) };
  const before: unknown = Object.hasOwn(copy, key) ? Reflect.get(copy, key) : undefined;
  const after = inner.length === 0 ? value : changedAt(before, inner, value);
  if (after === undefined) Reflect.deleteProperty(copy, key);
  else Object.defineProperty(copy, key, { value: after, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** The small experiment with another value at a path. */
export function changed(path: Path, value: unknown): unknown {
  return changedAt(smallExperiment, path, value);
}
