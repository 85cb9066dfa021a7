import { useTranslation } from "react-i18next";
import type { RunChange } from "../../app/run-changes.ts";
import { withinSentence } from "../format.ts";
import { useSettingText } from "./use-setting-text.ts";

/** Puts what changed between two experiments into words: "learning rate 0.003", "+ BatchNorm ×2", "SGD → Adam". */
export function useChangeText(): (change: RunChange) => string {
  const { t } = useTranslation("runs");
  const setting = useSettingText();
  const times = (text: string, count: number) => (count === 1 ? text : t("times", { text, count }));
  return (change) => {
    switch (change.kind) {
      case "layers": {
        const [layer, count] = [change.layer, Math.abs(change.count)];
        return times(t(change.count > 0 ? "added" : "removed", { layer }), count);
      }
      case "layerField": {
        const { layer, count, to } = change;
        const isFreezing = change.field === "frozen";
        const field = isFreezing
          ? t(to ? "frozen" : "unfrozen")
          : withinSentence(setting.layerField(layer, change.field));
        return times(
          t("layerField", {
            layer,
            field,
            value: isFreezing ? "" : setting.value(to, setting.ofLayer(layer, change.field)),
          }).trim(),
          count,
        );
      }
      case "wiring":
        return t("wiring");
      case "choice":
        return t("choice", {
          from: setting.choice(change.part, change.from),
          to: setting.choice(change.part, change.to),
        });
      case "field":
        return t("field", {
          field: withinSentence(setting.field(change.part, change.of, change.field)),
          value: setting.value(change.to, setting.ofPart(change.part, change.of, change.field)),
        });
      case "setting":
        return t("field", { field: withinSentence(t(change.setting)), value: setting.value(change.to) });
    }
  };
}
