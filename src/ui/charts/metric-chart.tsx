import { lazy, useRef } from "react";
import { useTranslation } from "react-i18next";
import { drawingOf } from "../../app/curves.ts";
import { useSize } from "../pixels/use-size.ts";
import { usePlayground, usePreferences } from "../playground.tsx";
import { Part } from "../primitives/part.tsx";
import { ChartSettings } from "./chart-settings.tsx";
import { runsOnChart } from "./charted-runs.ts";
import { Inspection } from "./inspection.tsx";
import { PointsTable } from "./points-table.tsx";
import { useMarks } from "./use-marks.ts";
import { useMetricLabel } from "./use-metric-label.ts";
import { useRedraws } from "./use-redraws.ts";

/** The chart library is downloaded once there is a curve to draw. */
const Plot = lazy(async () => ({ default: (await import("./plot.tsx")).Plot }));

/** The chart is drawn anew at most this often, in milliseconds. */
const REDRAW_MS = 80;

/** A series has at most twice so many points on the chart. */
const MAX_COLUMNS = 250;

interface MetricChartProps {
  readonly metric: string;
  readonly hasSettings: boolean;
  readonly hasTable: boolean;
}

/** A metric's curves, what is under the pointer, and their points as a table. */
export function MetricChart({ metric, hasSettings, hasTable }: MetricChartProps) {
  const labelOf = useMetricLabel();
  const figure = useRef<HTMLElement>(null);
  return (
    <>
      {hasSettings && <ChartSettings figure={figure} title={labelOf(metric)} />}
      <div className="@container min-h-0 flex-1">
        <div className="flex h-full flex-col gap-2 @lg:flex-row">
          <figure ref={figure} aria-label={labelOf(metric)} className="relative min-h-24 min-w-0 flex-1">
            <Curves metric={metric} />
          </figure>
          {hasTable && <PointsTable metric={metric} />}
        </div>
      </div>
    </>
  );
}

function Curves({ metric }: { readonly metric: string }) {
  useRedraws(REDRAW_MS);
  const playground = usePlayground();
  const preferences = usePreferences(({ chart }) => chart);
  const [ref, size] = useSize();
  const runs = runsOnChart(playground);
  const columns = Math.min(MAX_COLUMNS, Math.max(50, Math.floor(size.width / 2)));
  const drawing = drawingOf(runs, metric, preferences, columns);
  const marks = useMarks(runs.at(-1), preferences.by);
  const hasCurve = runs.some(({ series }) => series.lastStep > 0);
  return (
    <div ref={ref} className="absolute inset-0 overflow-hidden">
      {hasCurve && size.width > 100 && size.height > 60 && (
        <Part>
          <div aria-hidden data-chart>
            <Plot drawing={drawing} marks={marks} scale={preferences.scale} by={preferences.by} {...size} />
          </div>
          <Inspection runs={runs} metric={metric} by={preferences.by} end={drawing.x.to} width={size.width} />
        </Part>
      )}
      {!hasCurve && <Hint />}
    </div>
  );
}

/** What to do before there is a curve. */
function Hint() {
  const { t } = useTranslation("charts");
  const { run } = usePlayground();
  const { status } = run.getState();
  if (status === "training" || status === "invalid") return null;
  return (
    <p className="pointer-events-none absolute inset-x-0 bottom-8 text-center text-muted">
      <span className="rounded-md bg-panel/90 px-2 py-0.5 pointer-coarse:hidden">{t("empty")}</span>
      <span className="hidden rounded-md bg-panel/90 px-2 py-0.5 pointer-coarse:inline">{t("emptyTouch")}</span>
    </p>
  );
}
