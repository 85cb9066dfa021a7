import { useTranslation } from "react-i18next";
import { useText } from "../i18n.ts";
import { useCatalogue } from "../playground.tsx";

/** What a metric is called on screen. */
export function useMetricLabel(): (metric: string) => string {
  const { t } = useTranslation("charts");
  const text = useText();
  const catalogue = useCatalogue();
  return (metric) => {
    if (metric === "loss") return t("loss");
    if (metric === "learningRate") return t("learningRate");
    const label = catalogue?.metrics.find(({ kind }) => kind === metric)?.label;
    return label === undefined ? metric : text(label);
  };
}
