/** The part of a browser's storage that is needed. */
export type KeptTexts = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The browser's storage; where it is forbidden, as it may be for pages without cookies, one that lasts until the page ends. */
export function browserStorage(kind: "localStorage" | "sessionStorage"): KeptTexts {
  try {
    return window[kind];
  } catch {
    return memoryStorage();
  }
}

export function memoryStorage(): KeptTexts {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}
