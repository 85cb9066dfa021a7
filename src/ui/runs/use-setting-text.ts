import { useTranslation } from "react-i18next";
import type { Catalogue, Field, Fields } from "../../app/engine-types.ts";
import type { ChosenPart } from "../../app/run-changes.ts";
import { optionText } from "../fields/option-text.ts";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { useCatalogue } from "../playground.tsx";

/** Words for what is set in an experiment: names of fields, of choices, and their values. */
export function useSettingText() {
  const { t } = useTranslation("runs");
  const text = useText();
  const catalogue = useCatalogue();
  const nameOf = (field: Field | undefined, name: string) => (field === undefined ? name : text(field.label));
  const ofLayer = (layer: string, name: string) => catalogue?.layers.find(({ kind }) => kind === layer)?.fields[name];
  const ofPart = (part: ChosenPart, of: string, name: string) => catalogue && fieldsOf(catalogue, part, of)[name];
  return {
    ofLayer,
    ofPart,
    layerField: (layer: string, name: string) =>
      name === "frozen" ? t("frozenField") : nameOf(ofLayer(layer, name), name),
    field: (part: ChosenPart, of: string, name: string) => nameOf(ofPart(part, of, name), name),
    choice: (part: ChosenPart, kind: string) => {
      const label = catalogue && listOf(catalogue, part).find((entry) => entry.kind === kind)?.label;
      return label === undefined ? kind : text(label);
    },
    value: (value: unknown, field?: Field): string => {
      if (field?.kind === "choice" && typeof value === "string") return optionText(field, value, text);
      if (value === undefined) return t("absent");
      if (value === null) return t("off");
      if (value === "auto") return t("auto");
      if (typeof value === "boolean") return t(value ? "on" : "off");
      if (typeof value === "number") return formatNumber(value);
      return Array.isArray(value) ? value.join("×") : String(value);
    },
  };
}

function listOf(catalogue: Catalogue, part: ChosenPart) {
  const lists = {
    data: catalogue.dataSources,
    loss: catalogue.losses,
    optimizer: catalogue.optimizers,
    schedule: catalogue.schedules,
  };
  return lists[part];
}

function fieldsOf(catalogue: Catalogue, part: ChosenPart, kind: string): Fields {
  const own = listOf(catalogue, part).find((entry) => entry.kind === kind)?.fields ?? {};
  if (part === "optimizer") return { ...catalogue.optimizerFields, ...own };
  return part === "schedule" ? { ...catalogue.scheduleFields, ...own } : own;
}
