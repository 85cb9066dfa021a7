import type { KeptTexts } from "../../app/browser-storage.ts";

/** Sizes of panels beside each other, in percent, by their names. */
export type Sizes = Readonly<Record<string, number>>;

/** The sizes that these panels had last, beside no others; undefined where what is kept says nothing of the kind. */
export function keptSizes(storage: KeptTexts, panels: readonly string[]): Sizes | undefined {
  try {
    const sizes: unknown = JSON.parse(storage.getItem(keyOf(panels)) ?? "null");
    return areSizes(sizes, panels) ? sizes : undefined;
  } catch {
    return undefined;
  }
}

/** Where the storage is full, panels are as usual the next time. */
export function keepSizes(storage: KeptTexts, sizes: Sizes): void {
  try {
    storage.setItem(keyOf(Object.keys(sizes)), JSON.stringify(sizes));
  } catch {}
}

function keyOf(panels: readonly string[]): string {
  return `descent sizes of ${[...panels].sort().join(", ")}`;
}

/** Other programs and versions write into the same storage. */
function areSizes(value: unknown, panels: readonly string[]): value is Sizes {
  if (typeof value !== "object" || value === null) return false;
  const sizes = new Map<string, unknown>(Object.entries(value));
  return sizes.size === panels.length && panels.every((panel) => isShare(sizes.get(panel)));
}

function isShare(size: unknown): boolean {
  return typeof size === "number" && size > 0 && size <= 100;
}
