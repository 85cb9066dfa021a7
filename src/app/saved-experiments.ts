import type { KeptTexts } from "./browser-storage.ts";
import { HIDEABLE, type Hideable } from "./lesson-store.ts";

/** What is kept of what was opened, so that a reload or a step back in the browser finds it as it was left. */
export interface Saved {
  /** The address it belongs to, from "#" on. */
  readonly hash: string;
  /** JSON, for the engine to read. */
  readonly experiment: unknown;
  readonly preset: string | undefined;
  readonly hidden: readonly Hideable[];
  readonly note: string | undefined;
}

/** So many places in a tab's history are remembered with their edits. */
const MAX_PLACES = 30;
const PLACES = "descent places";
const LAST = "descent last";
const placeKey = (place: string) => `descent place ${place}`;

/** Experiments kept in the browser: those of this tab by their place in its history, and the last one of all tabs. */
export class SavedExperiments {
  readonly #tab: KeptTexts;
  readonly #browser: KeptTexts;

  constructor(tab: KeptTexts, browser: KeptTexts) {
    this.#tab = tab;
    this.#browser = browser;
  }

  /** Gives whether there was room: a browser may refuse to keep anything. */
  save(place: string, saved: Saved): boolean {
    const text = JSON.stringify(saved);
    const places = [...this.#places().filter((other) => other !== place), place];
    const kept = this.#write(this.#tab, placeKey(place), text, places);
    return this.#write(this.#browser, LAST, text, []) || kept;
  }

  /** Undefined where nothing is kept; "damaged" where it is no experiment that was kept, which then is forgotten. */
  ofPlace(place: string): Saved | "damaged" | undefined {
    return this.#read(this.#tab, placeKey(place));
  }

  /** What this tab had open last, else any tab. */
  last(): Saved | "damaged" | undefined {
    const place = this.#places().at(-1);
    return (place === undefined ? undefined : this.ofPlace(place)) ?? this.#read(this.#browser, LAST);
  }

  /** Forgets what the engine could not read: what is kept of a place, or what was open last. */
  forget(place = this.#places().at(-1)): void {
    if (place !== undefined) this.#tab.removeItem(placeKey(place));
    this.#browser.removeItem(LAST);
  }

  #places(): string[] {
    const places = readJson(this.#tab.getItem(PLACES));
    return Array.isArray(places) ? places.filter((place) => typeof place === "string") : [];
  }

  /** Makes room by forgetting the oldest places. */
  #write(storage: KeptTexts, key: string, text: string, places: string[]): boolean {
    for (;;) {
      while (places.length > MAX_PLACES) this.#tab.removeItem(placeKey(places.shift() as string));
      try {
        storage.setItem(key, text);
        if (places.length > 0) storage.setItem(PLACES, JSON.stringify(places));
        return true;
      } catch {
        if (places.length < 2) return false;
        this.#tab.removeItem(placeKey(places.shift() as string));
      }
    }
  }

  #read(storage: KeptTexts, key: string): Saved | "damaged" | undefined {
    const text = storage.getItem(key);
    if (text === null) return undefined;
    const saved = checked(readJson(text));
    if (saved !== undefined) return saved;
    storage.removeItem(key);
    return "damaged";
  }
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

/** Other programs, extensions and older versions of this one write into the same storage. */
function checked(value: unknown): Saved | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { hash, experiment, preset, hidden, note } = value as Record<string, unknown>;
  const isOptionalText = (text: unknown) => text === undefined || typeof text === "string";
  if (typeof hash !== "string" || typeof experiment !== "object" || experiment === null) return undefined;
  if (!isOptionalText(preset) || !isOptionalText(note) || !Array.isArray(hidden)) return undefined;
  if (!hidden.every((name) => (HIDEABLE as readonly unknown[]).includes(name))) return undefined;
  return { hash, experiment, preset, hidden, note } as Saved;
}
