import { persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Theme = "light" | "dark";

/** How this visitor likes the page, kept in the browser. */
export interface Preferences {
  /** Undefined: as the browser says. */
  readonly theme: Theme | undefined;
  readonly language: Language | undefined;
  readonly chart: ChartPreferences;
  /** Presets for which nothing more is to be suggested. */
  readonly dismissed: readonly string[];
}

export interface ChartPreferences {
  readonly scale: "linear" | "log";
  /** Weight of the past in an exponential moving average, 0 … 0.99. */
  readonly smoothing: number;
  readonly by: "step" | "epoch" | "second";
}

export function createPreferencesStore() {
  return createStore<Preferences>()(
    persist(
      (): Preferences => ({
        theme: undefined,
        language: undefined,
        chart: { scale: "linear", smoothing: 0.6, by: "step" },
        dismissed: [],
      }),
      { name: "descent preferences", version: 1 },
    ),
  );
}

/** The language chosen, or that of the browser. */
export function languageOf({ language }: Preferences): Language {
  return (
    language ??
    (navigator.languages
      .find((tag) => /^(en|zh)\b/i.test(tag))
      ?.toLowerCase()
      .startsWith("zh")
      ? "zh"
      : "en")
  );
}

export type PreferencesStore = ReturnType<typeof createPreferencesStore>;
