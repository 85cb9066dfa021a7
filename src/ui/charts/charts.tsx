import { ChevronDown, Table2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useExperiment, usePlayground, usePreferences } from "../playground.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import { Tabs } from "../primitives/tabs.tsx";
import { MetricChart } from "./metric-chart.tsx";
import { useMetricLabel } from "./use-metric-label.ts";

const BY = { step: "byStep", epoch: "byEpoch", second: "bySecond" } as const;

/** The loss, every metric of the experiment, and the learning rate over time, a tab each. */
export function Charts() {
  const { t } = useTranslation("charts");
  const { runs } = usePlayground();
  const labelOf = useMetricLabel();
  const measured = useExperiment(({ experiment }) => experiment?.metrics ?? NONE);
  const { scale, smoothing, by } = usePreferences(({ chart }) => chart);
  const chosen = useStore(runs, ({ metric }) => metric);
  const [hasSettings, setHasSettings] = useState(false);
  const [hasTable, setHasTable] = useState(false);
  const metrics = ["loss", ...measured, "learningRate"];
  const tableLabel = hasTable ? t("hideTable") : t("showTable");
  return (
    <Tabs
      label={t("metrics")}
      value={metrics.includes(chosen) ? chosen : "loss"}
      onChange={(metric) => runs.setState({ metric })}
      className="h-full min-h-48"
      tabs={metrics.map((metric) => ({
        value: metric,
        label: labelOf(metric),
        content: () => <MetricChart metric={metric} hasSettings={hasSettings} hasTable={hasTable} />,
      }))}
      aside={
        <>
          <button
            type="button"
            aria-expanded={hasSettings}
            aria-label={t("settings")}
            onClick={() => setHasSettings(!hasSettings)}
            className="flex min-h-6 items-center gap-0.5 rounded px-1 whitespace-nowrap text-faint hover:text-text pointer-coarse:min-h-9"
          >
            <span className="max-sm:hidden">
              {t(scale)} · {smoothing === 0 ? t("notSmoothed") : t("smoothed", { weight: smoothing })} · {t(BY[by])}
            </span>
            <span className="sm:hidden">{t(scale)}</span>
            <ChevronDown size={14} aria-hidden className={hasSettings ? "rotate-180" : ""} />
          </button>
          <IconButton
            label={tableLabel}
            aria-pressed={hasTable}
            onClick={() => setHasTable(!hasTable)}
            className="size-6"
          >
            <Table2 size={15} />
          </IconButton>
        </>
      }
    />
  );
}

const NONE: readonly string[] = [];
