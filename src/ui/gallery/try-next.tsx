import { lazy } from "react";
import { useStore } from "zustand";
import { useExperiment, usePlayground, usePreferences } from "../playground.tsx";
import { Part } from "../primitives/part.tsx";

const Suggestions = lazy(async () => ({ default: (await import("./suggestions.tsx")).Suggestions }));

/**
 * What to try next with the preset that is open, unless it was dismissed or a teacher says what to do. `isFolded`: only
 * its title, until it is asked for.
 */
export function TryNext({ isFolded }: { readonly isFolded: boolean }) {
  const { lesson, preferences } = usePlayground();
  const preset = useExperiment((state) => state.preset);
  const isDismissed = usePreferences(({ dismissed }) => preset !== undefined && dismissed.includes(preset));
  const hasNote = useStore(lesson, ({ note }) => note !== undefined);
  if (preset === undefined || isDismissed || hasNote) return null;
  const dismiss = () => preferences.setState(({ dismissed }) => ({ dismissed: [...dismissed, preset] }));
  return (
    <Part>
      <Suggestions key={preset} preset={preset} isFolded={isFolded} onDismiss={dismiss} />
    </Part>
  );
}
