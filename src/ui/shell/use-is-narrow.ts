import { useSyncExternalStore } from "react";

const query = matchMedia("(max-width: 899px)");

/** Whether the panels do not fit beside each other. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => query.matches,
  );
}
