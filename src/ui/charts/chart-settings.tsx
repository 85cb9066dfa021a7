import { Download } from "lucide-react";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChartPreferences } from "../../app/preferences-store.ts";
import { usePlayground, usePreferences } from "../playground.tsx";
import { Segmented } from "../primitives/segmented.tsx";
import { Slider } from "../primitives/slider.tsx";
import { useRunName } from "../runs/use-run-name.ts";
import { runsOnChart } from "./charted-runs.ts";

interface ChartSettingsProps {
  /** Where the chart is drawn, to make a picture of it. */
  readonly figure: RefObject<HTMLElement | null>;
  readonly title: string;
}

const FORMATS = ["Png", "Svg", "Csv"] as const;

/** Scale, smoothing, what runs along the chart, and saving it. */
export function ChartSettings({ figure, title }: ChartSettingsProps) {
  const { t } = useTranslation("charts");
  const playground = usePlayground();
  const nameOf = useRunName();
  const chart = usePreferences((all) => all.chart);
  const [fault, setFault] = useState<string>();
  const set = (changes: Partial<ChartPreferences>) =>
    playground.preferences.setState({ chart: { ...playground.preferences.getState().chart, ...changes } });

  const save = async (format: (typeof FORMATS)[number]) => {
    setFault(undefined);
    try {
      const { savePng, saveSvg, saveCsv } = await import("./save-chart.ts");
      const runs = runsOnChart(playground).map((run) => ({
        ...run,
        name: run.record === undefined ? t("presentRun") : nameOf(run.record),
      }));
      const svg = figure.current?.querySelector<SVGSVGElement>("[data-chart] svg.recharts-surface");
      if (format === "Csv") await saveCsv(runs);
      else if (svg) await (format === "Png" ? savePng : saveSvg)({ svg, title, runs });
    } catch (error) {
      setFault(t("exportFailed", { reason: error instanceof Error ? error.message : String(error) }));
    }
  };

  return (
    <div className="mb-1.5 flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 text-xs">
      <Segmented
        label={t("scale")}
        value={chart.scale}
        onChange={(scale) => set({ scale })}
        options={[
          { value: "linear", label: t("linear") },
          { value: "log", label: t("log") },
        ]}
      />
      <div className="flex items-center gap-2">
        <span className="text-muted">{t("smoothing")}</span>
        <div className="w-20">
          <Slider
            label={t("smoothing")}
            value={chart.smoothing}
            min={0}
            max={0.99}
            step={0.01}
            onChange={(smoothing) => set({ smoothing })}
          />
        </div>
        <span className="w-6 text-muted">{chart.smoothing}</span>
      </div>
      <Segmented
        label={t("axis")}
        value={chart.by}
        onChange={(by) => set({ by })}
        options={[
          { value: "step", label: t("step") },
          { value: "epoch", label: t("epoch") },
          { value: "second", label: t("second") },
        ]}
      />
      <div className="flex items-center gap-1">
        <Download size={14} aria-hidden className="text-faint" />
        <span className="sr-only">{t("export")}</span>
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            aria-label={t(`export${format}`)}
            title={t(`export${format}`)}
            onClick={() => save(format)}
            className="min-h-6 rounded-md px-1.5 text-muted hover:bg-sunken hover:text-text pointer-coarse:min-h-9"
          >
            {format.toUpperCase()}
          </button>
        ))}
      </div>
      {fault !== undefined && (
        <p role="alert" className="w-full text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}
