import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { Reason, Refusal } from "../../app/refusal.ts";
import { formatNumber } from "../format.ts";
import { useText } from "../i18n.ts";
import { usePlayground } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";

/** What could not be opened, why, and what to do about it. */
export function RefusalBanner() {
  const { t } = useTranslation("shell");
  const { opener } = usePlayground();
  const refusal = useStore(opener.state, (state) => state.refusal);
  const sentences = useSentences();
  if (refusal === undefined) return null;
  return (
    <div role="alert" className="flex shrink-0 items-start gap-2 border-b border-line bg-bad-soft px-4 py-1.5">
      <p className="min-w-0 flex-1 self-center wrap-anywhere text-bad">{sentences(refusal)}</p>
      <IconButton label={t("dismiss")} onClick={() => opener.dismiss()} className="-my-0.5">
        <X size={14} />
      </IconButton>
    </div>
  );
}

function useSentences(): (refusal: Refusal) => string {
  const { t } = useTranslation("links");
  const text = useText();
  const because = (reason: Reason): string => {
    if ("text" in reason) return t("notAnExperiment", { text: text(reason.text) });
    const values = Object.entries(reason).map(([name, value]) => [
      name,
      typeof value === "number" ? formatNumber(value) : value,
    ]);
    return t(`fault.${reason.kind}`, Object.fromEntries(values));
  };
  return (refusal) => {
    switch (refusal.of) {
      case "link":
        return t("cannotOpen.link", { reason: because(refusal.reason) });
      case "file":
        return t("cannotOpen.file", { file: refusal.file, reason: because(refusal.reason) });
      case "preset":
        return t("cannotOpen.preset", { name: refusal.name });
      case "saved":
      case "saving":
        return t(`cannotOpen.${refusal.of}`);
    }
  };
}
