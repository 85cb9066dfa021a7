import { useTranslation } from "react-i18next";
import { useExperiment } from "../playground.tsx";
import { useIsNarrow } from "../shell/use-is-narrow.ts";

/** How to begin, where there is nothing but an Input. */
export function EmptyHint() {
  const { t } = useTranslation("canvas");
  const isEmpty = useExperiment(({ experiment }) => experiment?.model.nodes.length === 1);
  const isNarrow = useIsNarrow();
  if (!isEmpty) return null;
  return (
    <p className="pointer-events-none rounded-xl border border-line bg-panel px-3.5 py-2.5 shadow-card">
      {t(isNarrow ? "emptyNarrow" : "empty")}
    </p>
  );
}
