import { X } from "lucide-react";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { RefusalBanner } from "../links/refusal-banner.tsx";
import { useExperiment, usePlayground, useRun } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { Part } from "../primitives/part.tsx";

const ProblemBanner = lazy(async () => ({ default: (await import("./problem-banner.tsx")).ProblemBanner }));

/** What the visitor should know, above everything: what was not opened, no WebGPU, weights that were kept, a GPU that crashed. */
export function Banners() {
  const { t } = useTranslation("shell");
  const { run } = usePlayground();
  const { device, notice, hasProblem, isInvalid } = useRun(({ device, notice, problem, status }) => ({
    device,
    notice,
    hasProblem: problem !== undefined,
    isInvalid: status === "invalid",
  }));
  // A network that has only been begun lacks something, as everyone sees.
  const isBegun = useExperiment(({ experiment }) => (experiment?.model.nodes.length ?? 0) > 1);
  return (
    <>
      <RefusalBanner />
      {device?.kind === "cpu" && (
        <p role="alert" className="shrink-0 border-b border-line bg-bad-soft px-4 py-1.5">
          {t(whyNoGpu())}
        </p>
      )}
      {hasProblem && (isBegun || !isInvalid) && (
        <Part>
          <ProblemBanner />
        </Part>
      )}
      {notice !== undefined && (
        <div role="status" className="flex shrink-0 items-center gap-2 border-b border-line bg-accent-soft px-4 py-0.5">
          {notice.kind === "recovered" && <p className="flex-1">{t("recovered", { step: notice.step })}</p>}
          {notice.kind === "kept" && (
            <details className="min-w-0 flex-1">
              <summary className="cursor-pointer py-1">
                {notice.kept.length === 0
                  ? t("keptNone")
                  : t("kept", { count: notice.kept.length, begun: notice.begun.length })}
              </summary>
              <p className="max-h-24 overflow-auto pb-1 text-muted wrap-anywhere">{keptDetails(notice)}</p>
            </details>
          )}
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

function whyNoGpu(): "notSecure" | "noGpu" | "noWebGpu" {
  if (!isSecureContext) return "notSecure";
  return "gpu" in navigator ? "noGpu" : "noWebGpu";
}
