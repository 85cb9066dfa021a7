import type { TFunction } from "i18next";
import type { Field, Text } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { optionText } from "./option-text.ts";

/** A field's value in words, such as its default. */
export function valueText(
  field: Field,
  value: unknown,
  t: TFunction<"inspector">,
  say: (text: Text) => string,
): string {
  if (field.kind === "choice") return optionText(field, String(value), say);
  if (value === null) return t("field.off");
  if (value === "") return t("field.empty");
  if (value === "auto") return t("field.auto");
  if (typeof value === "boolean") return value ? t("field.on") : t("field.off");
  if (typeof value === "number") return formatNumber(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}
