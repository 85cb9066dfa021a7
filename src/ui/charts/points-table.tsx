import { useTranslation } from "react-i18next";
import { metricRows } from "../../app/metric-rows.ts";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { useRunName } from "../runs/use-run-name.ts";
import { runsOnChart } from "./charted-runs.ts";
import { useMetricLabel } from "./use-metric-label.ts";
import { useRedraws } from "./use-redraws.ts";

const MAX_ROWS = 200;

/** Someone reads the rows: they are not written anew more often than this, in milliseconds. */
const REDRAW_MS = 1000;

/** The points of the present run's curves, for those who cannot see them. */
export function PointsTable({ metric }: { readonly metric: string }) {
  const { t } = useTranslation("charts");
  useRedraws(REDRAW_MS);
  const labelOf = useMetricLabel();
  const nameOf = useRunName();
  const run = runsOnChart(usePlayground()).at(-1);
  if (run === undefined) return null;
  const rows = metricRows(run.series, metric, MAX_ROWS);
  const steps = run.series.lastStep;
  const name = run.record === undefined ? t("presentRun") : nameOf(run.record);
  const hasValidation = run.series.names("validation").includes(metric);
  const caption = t("tableCaption", { metric: labelOf(metric), run: name });
  const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "–" : formatNumber(value));
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      aria-label={caption}
      className="max-h-full min-h-24 overflow-auto rounded-lg border border-line outline-offset-[-2px] @max-lg:flex-1 @lg:w-64"
    >
      <table className="w-full text-right text-xs">
        <caption className="px-2 py-1 text-left text-muted">
          {caption}
          {rows.length < steps &&
            ` · ${t("tableSome", { shown: formatNumber(rows.length), all: formatNumber(steps) })}`}
        </caption>
        <thead className="sticky top-0 bg-sunken">
          <tr>
            <th scope="col" className="px-2 py-1 font-medium">
              {t("tableStep")}
            </th>
            <th scope="col" className="px-2 py-1 font-medium">
              {metric === "learningRate" ? labelOf(metric) : t("tableTraining")}
            </th>
            {hasValidation && (
              <th scope="col" className="px-2 py-1 font-medium">
                {t("tableValidation")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.step} className="border-t border-line">
              <th scope="row" className="px-2 py-0.5 font-normal text-muted">
                {formatNumber(row.step)}
              </th>
              <td className="px-2">{cell(row.training)}</td>
              {hasValidation && <td className="px-2">{cell(row.validation)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
