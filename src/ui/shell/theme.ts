import type { PreferencesStore, Theme } from "../../app/preferences-store.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The theme that was chosen, or that of the system. */
export function themeOf(theme: Theme | undefined): Theme {
  return theme ?? (dark.matches ? "dark" : "light");
}

/** Sets the page's theme now and whenever the choice or the system's changes. */
export function followTheme(preferences: PreferencesStore): void {
  const apply = () => {
    document.documentElement.dataset.theme = themeOf(preferences.getState().theme);
  };
  apply();
  preferences.subscribe(apply);
  dark.addEventListener("change", apply);
}
