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
    <p className="pointer-events-none absolute inset-x-6 bottom-24 mx-auto max-w-sm text-center text-muted">
      {t(isNarrow ? "emptyNarrow" : "empty")}
    </p>
  );
}
