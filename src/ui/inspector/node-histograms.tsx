import { useTranslation } from "react-i18next";
import type { Family } from "../../app/engine-types.ts";
import { useText } from "../i18n.ts";
import { useView } from "../use-view.ts";
import { HistogramBars } from "./histogram-bars.tsx";

/** How a layer's weights, activations and gradients are spread, and how many of its units are dead. */
export function NodeHistograms({ node, family }: { readonly node: string; readonly family: Family }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const { payload, problem } = useView("histograms", {});
  if (problem !== undefined) return <p className="text-xs text-muted">{text(problem.text)}</p>;
  const layer = payload?.layers.find((histograms) => histograms.node === node);
  if (layer === undefined) return null;
  return (
    <section aria-label={t("spread")} className="space-y-2 border-t border-line pt-2.5">
      {(["weights", "activations", "gradients"] as const).map((what) => {
        const histogram = layer[what];
        return histogram && <HistogramBars key={what} name={t(what)} histogram={histogram} family={family} />;
      })}
      {layer.dead !== undefined && (
        <p className="flex justify-between text-muted" title={t("deadHelp")}>
          {t("dead")}
          <span className={layer.dead > 0.5 ? "text-bad" : "text-text"}>{(100 * layer.dead).toFixed(0)} %</span>
        </p>
      )}
    </section>
  );
}
