import { FolderOpen, Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { outcomeOf } from "../../app/outcome.ts";
import type { RunRecord } from "../../app/run-record.ts";
import { useMetricLabel } from "../charts/use-metric-label.ts";
import { useRedraws } from "../charts/use-redraws.ts";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { useBetter } from "./use-better.ts";
import { useRunName } from "./use-run-name.ts";

interface RunDetailsProps {
  readonly run: RunRecord;
  readonly isPresent: boolean;
  readonly onRename: () => void;
}

/** How a run did by every metric, and what can be done with it. */
export function RunDetails({ run, isPresent, onRename }: RunDetailsProps) {
  const { t } = useTranslation("runs");
  const { runs, opener } = usePlayground();
  const name = useRunName()(run);
  useRedraws(500);
  const labelOf = useMetricLabel();
  const better = useBetter();
  const seconds = run.series.columns("training", "loss")?.seconds.at(-1) ?? 0;
  const metrics = ["loss", ...run.experiment.metrics].flatMap((metric) => {
    const outcome = outcomeOf(run.series, metric, better(metric));
    return outcome === undefined ? [] : [{ metric, outcome }];
  });
  return (
    <div className="space-y-1.5 pr-2.5 pb-2 pl-8 text-xs pointer-coarse:pl-11">
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 text-muted [&_dd]:text-right [&_dd]:text-text">
        <dt>{t("steps")}</dt>
        <dd>{formatNumber(run.series.lastStep)}</dd>
        <dt>{t("seconds")}</dt>
        <dd>{formatNumber(seconds, 3)} s</dd>
        {metrics.map(({ metric, outcome: { part, last, best } }) => (
          <div key={metric} className="contents">
            <dt>{t(part, { metric: labelOf(metric) })}</dt>
            <dd>{formatNumber(last)}</dd>
            <dt className="pl-3">{t("best")}</dt>
            <dd>{t("bestAt", { value: formatNumber(best.value), step: formatNumber(best.step) })}</dd>
          </div>
        ))}
      </dl>
      <div className="-mx-1 flex flex-wrap gap-x-1">
        <Action label={t("openRun", { run: name })} onClick={() => opener.open(run.experiment, run.preset)}>
          <FolderOpen size={13} aria-hidden /> {t("open")}
        </Action>
        <Action label={t("renameRun", { run: name })} onClick={onRename}>
          <Pencil size={13} aria-hidden /> {t("rename")}
        </Action>
        {!isPresent && (
          <Action label={t("deleteRun", { run: name })} onClick={() => runs.remove([run.id])}>
            <Trash2 size={13} aria-hidden /> {t("delete")}
          </Action>
        )}
      </div>
    </div>
  );
}

function Action({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="flex min-h-6 items-center gap-1 rounded-md px-1.5 text-muted hover:bg-panel hover:text-text pointer-coarse:min-h-9"
    >
      {children}
    </button>
  );
}
