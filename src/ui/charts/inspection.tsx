import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChartPreferences } from "../../app/preferences-store.ts";
import { type Reading, readingAt } from "../../app/readout.ts";
import { formatNumber } from "../format.ts";
import { useRunName } from "../runs/use-run-name.ts";
import type { RunOnChart } from "./charted-runs.ts";
import { Crosshair } from "./crosshair.tsx";
import { useMetricLabel } from "./use-metric-label.ts";

interface InspectionProps {
  /** The present run is the last. */
  readonly runs: readonly RunOnChart[];
  readonly metric: string;
  readonly by: ChartPreferences["by"];
  readonly end: number;
  readonly width: number;
}

interface RunReading {
  readonly run: RunOnChart;
  readonly name: string;
  readonly training: Reading | undefined;
  readonly validation: Reading | undefined;
}

/** What every run measured under the pointer; without a pointer, what the present one measured last. */
export function Inspection({ runs, metric, by, end, width }: InspectionProps) {
  const { t } = useTranslation("charts");
  const nameOf = useRunName();
  const labelOf = useMetricLabel();
  const [x, setX] = useState<number>();
  const read = (run: RunOnChart, at: number): RunReading => ({
    run,
    name: run.record === undefined ? t("presentRun") : nameOf(run.record),
    training: readingAt(run, "training", metric, at, by),
    validation: readingAt(run, "validation", metric, at, by),
  });
  const present = runs.at(-1) as RunOnChart;
  const readings =
    x === undefined ? [read(present, lastOf(present, metric, by))] : runs.map((run) => read(run, x)).reverse();
  const own = readings[0] as RunReading;
  const measured = readings.filter(({ training, validation }) => training !== undefined || validation !== undefined);
  const at = own.training ?? own.validation;
  const words = ({ training, validation }: RunReading) =>
    [
      training && `${metric === "learningRate" ? t("rate") : t("training")} ${formatNumber(training.value, 3)}`,
      validation && `${t("validation")} ${formatNumber(validation.value, 3)}`,
    ]
      .filter((part) => part !== undefined)
      .join(", ");
  const step = at?.step ?? measured[0]?.training?.step ?? measured[0]?.validation?.step;
  const place = at?.x ?? x;
  const along =
    place === undefined || by === "step"
      ? undefined
      : by === "epoch"
        ? t("readoutEpoch", { epoch: formatNumber(place, 3) })
        : t("readoutSeconds", { seconds: formatNumber(place, 3) });
  const valueText =
    step === undefined
      ? t("noValues")
      : [
          t("readoutStep", { step: formatNumber(step) }),
          ...(along === undefined ? [] : [along]),
          ...measured.map((reading) => (reading === own ? words(reading) : `${reading.name}: ${words(reading)}`)),
        ].join("; ");
  const overlaid = readings.slice(1).filter((reading) => measured.includes(reading));
  return (
    <>
      <Crosshair
        label={`${labelOf(metric)}: ${t("crosshair")}`}
        x={x === undefined ? undefined : Math.min(end, at?.x ?? x)}
        end={end}
        width={width}
        valueText={valueText}
        onMove={setX}
      >
        {x !== undefined && overlaid.length > 0 ? <Readings readings={overlaid} /> : undefined}
      </Crosshair>
      <p
        aria-hidden
        className="pointer-events-none absolute inset-x-0 top-0 flex justify-end gap-2.5 overflow-hidden text-xs whitespace-nowrap text-muted"
      >
        {step !== undefined && x !== undefined && (
          <span>
            <span className="font-medium text-text">{formatNumber(step)}</span>
            {along !== undefined && ` · ${along}`}
          </span>
        )}
        {own.training && (
          <span className="flex items-center gap-1.5">
            <Key />
            {metric === "learningRate" ? t("rate") : t("training")} {formatNumber(own.training.value, 3)}
          </span>
        )}
        {own.validation && (
          <span className="flex items-center gap-1.5">
            <Key isDashed />
            {t("validation")} {formatNumber(own.validation.value, 3)}
          </span>
        )}
      </p>
    </>
  );
}

/** Past the end where the present run was measured last. */
function lastOf({ series, stepsPerEpoch }: RunOnChart, metric: string, by: ChartPreferences["by"]): number {
  const columns = series.columns("training", metric);
  const last = columns && columns.steps.length > 0 ? columns : series.columns("validation", metric);
  if (last === undefined) return 0;
  if (by === "second") return last.seconds.at(-1) ?? 0;
  return (last.steps.at(-1) ?? 0) / (by === "epoch" ? (stepsPerEpoch ?? 1) : 1);
}

/** How a curve of the present run looks. */
function Key({ isDashed = false }: { readonly isDashed?: boolean }) {
  return (
    <svg width={16} height={4} aria-hidden className="shrink-0">
      <line
        x1={0}
        x2={16}
        y1={2}
        y2={2}
        stroke="var(--run-0)"
        strokeWidth={2}
        strokeDasharray={isDashed ? "4 3" : undefined}
      />
    </svg>
  );
}

/** What the overlaid runs measured there. */
function Readings({ readings }: { readonly readings: readonly RunReading[] }) {
  return (
    <table>
      <tbody>
        {readings.map(({ run, name, training, validation }) => (
          <tr key={run.id}>
            <td className="pr-1.5">
              <span className="block h-0.5 w-3 rounded-full" style={{ background: `var(--run-${run.slot})` }} />
            </td>
            <td className="max-w-32 truncate pr-2 text-muted">{name}</td>
            <td className="text-right">{training && formatNumber(training.value, 3)}</td>
            <td className="pl-2 text-right text-muted">{validation && formatNumber(validation.value, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
