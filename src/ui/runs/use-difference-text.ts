import { useTranslation } from "react-i18next";
import type { RunRecord } from "../../app/run-record.ts";
import { formatNumber } from "../format.ts";
import { useChangeText } from "./use-change-text.ts";

/** What a run changed against the one before or its preset, and while it trained, in one line. */
export function useDifferenceText(): (run: RunRecord) => string {
  const { t } = useTranslation("runs");
  const textOf = useChangeText();
  return ({ difference: { from, changes }, marks, first }) => {
    const none = { run: t("sameAgain"), preset: t("asPreset"), nothing: first.name }[from];
    const begins = changes.length > 0 ? changes.map(textOf).join(", ") : none;
    const later = marks.map((mark) =>
      t("then", { changes: mark.changes.map(textOf).join(", "), step: formatNumber(mark.step) }),
    );
    return [begins, ...later].join("; ");
  };
}
