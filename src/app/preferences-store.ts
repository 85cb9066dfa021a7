import { persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const SCALES = ["linear", "log"] as const;
const AXES = ["step", "epoch", "second"] as const;

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
  readonly scale: (typeof SCALES)[number];
  /** Weight of the past in an exponential moving average, 0 … 0.99. */
  readonly smoothing: number;
  readonly by: (typeof AXES)[number];
}

const USUAL: Preferences = {
  theme: undefined,
  language: undefined,
  chart: { scale: "linear", smoothing: 0.6, by: "step" },
  dismissed: [],
};

export function createPreferencesStore() {
  return createStore<Preferences>()(
    persist(() => USUAL, { name: "descent preferences", version: 1, merge: preferencesIn }),
  );
}

/** What of a kept value is a preference; the rest is as usual. Other programs and versions write into the same storage. */
export function preferencesIn(kept: unknown): Preferences {
  const { theme, language, chart, dismissed } = fieldsOf(kept);
  const { scale, smoothing, by } = fieldsOf(chart);
  const isWeight = typeof smoothing === "number" && smoothing >= 0 && smoothing <= 0.99;
  return {
    theme: oneOf(THEMES, theme),
    language: oneOf(LANGUAGES, language),
    chart: {
      scale: oneOf(SCALES, scale) ?? USUAL.chart.scale,
      smoothing: isWeight ? smoothing : USUAL.chart.smoothing,
      by: oneOf(AXES, by) ?? USUAL.chart.by,
    },
    dismissed: Array.isArray(dismissed) ? dismissed.filter((name) => typeof name === "string") : [],
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function oneOf<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
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
