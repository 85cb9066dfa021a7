import { useTranslation } from "react-i18next";
import { EMPTY } from "../../app/empty-experiment.ts";
import { presets } from "../../app/presets.ts";
import { useText } from "../i18n.ts";

/** What a preset, or the empty network, is called on screen. */
export function usePresetTitle(name: string): string {
  const { t } = useTranslation("links");
  const text = useText();
  const preset = presets.find((one) => one.name === name);
  return name === EMPTY || preset === undefined ? t("emptyNetwork") : text(preset.title);
}
