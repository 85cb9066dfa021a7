import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { createSelectionEdits, type Outcome } from "../canvas/selection-edits.ts";
import { usePlayground } from "../playground.tsx";

/** What the canvas can do with what is selected, for the inspector: `refusal` says why something was not done. */
export function useSelectionEdits() {
  const { experiments } = usePlayground();
  const { t } = useTranslation("canvas");
  const [refusal, setRefusal] = useState<string>();
  const edits = useMemo(() => createSelectionEdits(experiments, t), [experiments, t]);
  const settle = (outcome: Outcome | undefined) => {
    if (outcome === undefined) return;
    if ("refusal" in outcome) return setRefusal(outcome.refusal);
    setRefusal(undefined);
    // Something else is selected now, and what was pressed is gone: the keyboard stays in the inspector.
    document.querySelector<HTMLElement>("[data-inspector]")?.focus({ preventScroll: true });
  };
  return { edits, settle, refusal };
}
