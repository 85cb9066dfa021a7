import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { comparedOutcomes } from "../../app/outcome.ts";
import { differingSettings, type Setting } from "../../app/run-comparison.ts";
import { useMetricLabel } from "../charts/use-metric-label.ts";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { Dialog } from "../primitives/dialog.tsx";
import { useBetter } from "./use-better.ts";
import { useRunName } from "./use-run-name.ts";
import { useSettingText } from "./use-setting-text.ts";

/** Runs side by side: how they did, and the settings that are not the same in all. */
export function Comparison({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("runs");
  const { runs: store } = usePlayground();
  const all = useStore(store, (state) => state.runs);
  const nameOf = useRunName();
  const labelOf = useMetricLabel();
  const better = useBetter();
  const setting = useSettingText();
  const shown = all.filter(({ slot }) => slot !== undefined);
  const runs = shown.length > 1 ? shown : all.slice(0, 6);
  const settings = differingSettings(runs.flatMap(({ first, experiment }) => [first, experiment]));
  const series = runs.map((run) => run.series);
  const metrics = [...new Set(runs.flatMap(({ experiment }) => ["loss", ...experiment.metrics]))];
  return (
    <Dialog title={t("compare")} isOpen onClose={onClose} className="sm:w-[min(94vw,64rem)]">
      <p className="mb-3 text-muted">{t("compareHint")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section tabIndex={0} aria-label={t("compare")} className="overflow-x-auto rounded-lg border border-line">
        <table className="w-full border-separate border-spacing-0 text-right">
          <thead className="bg-sunken">
            <tr>
              <th scope="col" className="sticky left-0 bg-sunken px-3 py-2 text-left font-medium">
                {t("run")}
              </th>
              {runs.map((run) => (
                <th key={run.id} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                  <span
                    className="mr-1.5 inline-block h-[3px] w-3 rounded-full align-middle"
                    style={{ background: run.slot === undefined ? "var(--line-strong)" : `var(--run-${run.slot})` }}
                  />
                  {nameOf(run)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => {
              const { part, outcomes } = comparedOutcomes(series, metric, better(metric));
              const best = bestOf(
                outcomes.map((outcome) => outcome?.best.value),
                better(metric),
              );
              return (
                <Row key={metric} title={`${t(part, { metric: labelOf(metric) })} · ${t("best")}`}>
                  {runs.map((run, k) => (
                    <td key={run.id} className={`px-3 py-1.5 ${k === best ? "font-semibold" : ""}`}>
                      {outcomes[k] === undefined ? t("absent") : formatNumber(outcomes[k].best.value)}
                    </td>
                  ))}
                </Row>
              );
            })}
            <Row title={t("steps")}>
              {runs.map((run) => (
                <td key={run.id} className="px-3 py-1.5">
                  {formatNumber(run.series.lastStep)}
                </td>
              ))}
            </Row>
            {settings.map(({ setting: one, values }) => (
              <Row key={JSON.stringify(one)} title={titleOf(one)}>
                {runs.map((run, k) => (
                  <td key={run.id} className="px-3 py-1.5 whitespace-nowrap">
                    {fromTo(textOf(one, values[2 * k]), textOf(one, values[2 * k + 1]))}
                  </td>
                ))}
              </Row>
            ))}
          </tbody>
        </table>
      </section>
      {settings.length === 0 && <p className="mt-2 text-muted">{t("compareNone")}</p>}
    </Dialog>
  );

  function textOf(one: Setting, value: unknown): string {
    switch (one.kind) {
      case "choice":
        return setting.choice(one.part, String(value));
      case "field":
        return setting.value(value, setting.ofPart(one.part, one.of, one.field));
      case "nodeField":
        return setting.value(value, setting.ofLayer(one.layer, one.field));
      default:
        return setting.value(value);
    }
  }

  function titleOf(one: Setting): string {
    switch (one.kind) {
      case "choice":
        return t(one.part === "loss" ? "lossFunction" : one.part);
      case "field":
        return setting.field(one.part, one.of, one.field);
      case "setting":
        return t(one.setting);
      case "node":
        return one.id;
      case "nodeField":
        return `${one.id} · ${setting.layerField(one.layer, one.field)}`;
    }
  }
}

function Row({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <tr className="[&>*]:border-t [&>*]:border-line">
      <th scope="row" className="sticky left-0 bg-panel px-3 py-1.5 text-left font-normal text-muted">
        {title}
      </th>
      {children}
    </tr>
  );
}

const fromTo = (from: string, to: string) => (from === to ? from : `${from} → ${to}`);

/** The place of the best; undefined where all are the same. */
function bestOf(values: readonly (number | undefined)[], better: "higher" | "lower"): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (new Set(known).size < 2) return undefined;
  return values.indexOf(better === "higher" ? Math.max(...known) : Math.min(...known));
}
