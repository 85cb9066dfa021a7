import { useTranslation } from "react-i18next";
import type { Field, Repair } from "../../app/engine-types.ts";
import { withinSentence } from "../format.ts";
import { useText } from "../i18n.ts";
import { useCatalogue, useExperiment } from "../playground.tsx";
import { valueText } from "./value-text.ts";

/** Says what a repair of a node, or of the whole experiment, does, in a few words. */
export function useRepairText(node: string | undefined): (repair: Repair) => string {
  const { t } = useTranslation("inspector");
  const text = useText();
  const catalogue = useCatalogue();
  const { layer, optimizer } = useExperiment(({ experiment }) => ({
    layer: experiment?.model.nodes.find(({ id }) => id === node)?.layer,
    optimizer: experiment?.optimizer.kind,
  }));
  const fieldOf = (repair: Extract<Repair, { readonly field: string }>): Field | undefined => {
    if (repair.kind === "set") return catalogue?.layers.find(({ kind }) => kind === layer)?.fields[repair.field];
    const own = catalogue?.optimizers.find(({ kind }) => kind === optimizer)?.fields;
    return { ...catalogue?.optimizerFields, ...own }[repair.field];
  };
  return (repair) => {
    switch (repair.kind) {
      case "insert":
        return t("repair.insert", { layer: repair.layer });
      case "remove":
        return t("repair.remove");
      case "thaw":
        return t("repair.thaw");
      case "setMetric": {
        const known = catalogue?.metrics.find(({ kind }) => kind === repair.metric);
        const metric = known === undefined ? repair.metric : withinSentence(text(known.label));
        return t(repair.isMeasured ? "repair.measure" : "repair.doNotMeasure", { metric });
      }
      case "setBatchSize":
        return t("repair.set", { field: withinSentence(t("batchSize")), value: repair.value });
      case "set":
      case "setOptimizer": {
        const known = fieldOf(repair);
        const field = known === undefined ? repair.field : withinSentence(text(known.label));
        const value = known === undefined ? String(repair.value) : valueText(known, repair.value, t, text);
        return t(typeof repair.value === "string" ? "repair.use" : "repair.set", { field, value });
      }
    }
  };
}
