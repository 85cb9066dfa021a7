import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { RefusalBanner } from "../links/refusal-banner.tsx";
import { usePlayground, useRun } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";

/** What the visitor should know, above everything: what was not opened, no WebGPU, weights that were kept, a GPU that crashed. */
export function Banners() {
  const { t } = useTranslation("shell");
  const { run } = usePlayground();
  const { device, notice } = useRun(({ device, notice }) => ({ device, notice }));
  return (
    <>
      <RefusalBanner />
      {device?.kind === "cpu" && (
        <p role="alert" className="shrink-0 border-b border-line bg-bad-soft px-4 py-1.5">
          {t("noWebGpu")}
        </p>
      )}
      {notice !== undefined && (
        <div role="status" className="flex shrink-0 items-center gap-2 border-b border-line bg-accent-soft px-4 py-0.5">
          <p className="flex-1" title={notice.kind === "kept" ? keptDetails(notice) : undefined}>
            {notice.kind === "recovered" && t("recovered", { step: notice.step })}
            {notice.kind === "kept" &&
              (notice.kept.length === 0
                ? t("keptNone")
                : t("kept", { count: notice.kept.length, begun: notice.begun.length }))}
          </p>
          <IconButton label={t("dismiss")} onClick={() => run.setState({ notice: undefined })}>
            <X size={14} />
          </IconButton>
        </div>
      )}
    </>
  );

  function keptDetails({ kept, begun }: { readonly kept: readonly string[]; readonly begun: readonly string[] }) {
    return t("keptDetails", { kept: kept.join(", ") || "–", begun: begun.join(", ") || "–" });
  }
}
