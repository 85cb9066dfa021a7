import { useSyncExternalStore } from "react";
import type { Theme } from "../../app/preferences-store.ts";
import { diverging, divergingDark, type Ramp } from "./ramp.ts";

const page = () => document.documentElement;

/** The theme the page is drawn in, for what is drawn onto a canvas and has to be drawn anew when it changes. */
export function useTheme(): Theme {
  return useSyncExternalStore(follow, () => (page().dataset.theme === "dark" ? "dark" : "light"));
}

/** The diverging ramp whose middle suits the page's theme. */
export function useDiverging(): Ramp {
  return useTheme() === "dark" ? divergingDark : diverging;
}

function follow(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(page(), { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
