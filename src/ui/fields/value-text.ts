import type { TFunction } from "i18next";
import { formatNumber } from "../format.ts";

/** A field's value in words, such as its default. */
export function valueText(value: unknown, t: TFunction<"inspector">): string {
  if (value === null) return t("field.off");
  if (value === "") return t("field.empty");
  if (value === "auto") return t("field.auto");
  if (typeof value === "boolean") return value ? t("field.on") : t("field.off");
  if (typeof value === "number") return formatNumber(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}
