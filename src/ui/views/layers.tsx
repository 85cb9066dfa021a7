import { TriangleAlert } from "lucide-react";
import { type UIEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Histogram, LayerHistograms, ViewPayload } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { useSize } from "../pixels/use-size.ts";
import { useExperiment, usePlayground } from "../playground.tsx";
import { classNames } from "../primitives/class-names.ts";
import { ScrollArea } from "../primitives/scroll-area.tsx";
import { useView } from "../use-view.ts";
import { type LayerTrouble, layerTroubles, sizeOfValues } from "./layer-health.ts";
import { formatPercent } from "./percent.ts";
import { useCalm } from "./use-calm.ts";
import { ViewFrame } from "./view-frame.tsx";

const CALM_MS = 200;

/** Every row is as high, so that only those in sight are drawn: models may have hundreds of layers. */
const ROW = 64;
const NARROW_ROW = 92;

/** Narrower than this, the name stands above the histograms. */
const NARROW = 420;

const HISTOGRAMS = [
  { of: "weights", colour: "var(--family-convolution)" },
  { of: "activations", colour: "var(--family-core)" },
  { of: "gradients", colour: "var(--family-recurrent)" },
] as const;

/** How weights, activations and gradients of every layer are spread, and what is wrong with them. */
export function Layers() {
  const view = useCalm(useView("histograms", {}), CALM_MS);
  return <ViewFrame view={view}>{(payload) => <Rows payload={payload} />}</ViewFrame>;
}

function Rows({ payload: { layers } }: { readonly payload: ViewPayload<"histograms"> }) {
  const { t } = useTranslation("views");
  const [box, { width, height }] = useSize();
  const [top, setTop] = useState(0);
  const shown = useMemo(
    () => layers.filter(({ weights, activations, gradients }) => weights ?? activations ?? gradients),
    [layers],
  );
  const troubles = layerTroubles(shown);
  const row = width < NARROW ? NARROW_ROW : ROW;
  const first = Math.max(0, Math.floor(top / row) - 1);
  const last = Math.min(shown.length, Math.ceil((top + height) / row) + 1);
  const troubled = troubles.filter((found) => found.length > 0).length;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1">
      <p className={classNames("text-xs", troubled > 0 ? "text-bad" : "text-muted")}>
        {troubled > 0 ? t("layersTroubled", { count: troubled }) : t("layersFine", { count: shown.length })}
      </p>
      <div aria-hidden className="flex gap-2.5 text-[10px] leading-none text-faint">
        {width >= NARROW && <span className="-mr-0.5 w-28 shrink-0" />}
        {HISTOGRAMS.map(({ of }) => (
          <span key={of} className="flex-1 text-center">
            {t(of)}
          </span>
        ))}
      </div>
      <ScrollArea
        ref={box}
        label={t("tabs.layers")}
        className="min-h-24 flex-1"
        onScroll={(event: UIEvent<HTMLElement>) => setTop(event.currentTarget.scrollTop)}
      >
        <ul className="relative" style={{ height: shown.length * row }}>
          {shown.slice(first, last).map((layer, k) => (
            <li
              key={layer.node}
              aria-posinset={first + k + 1}
              aria-setsize={shown.length}
              className="absolute inset-x-0 border-b border-line/70"
              style={{ top: (first + k) * row, height: row }}
            >
              <Layer layer={layer} troubles={troubles[first + k] ?? []} isNarrow={width < NARROW} />
            </li>
          ))}
        </ul>
      </ScrollArea>
    </div>
  );
}

interface LayerProps {
  readonly layer: LayerHistograms;
  readonly troubles: readonly LayerTrouble[];
  readonly isNarrow: boolean;
}

function Layer({ layer, troubles, isNarrow }: LayerProps) {
  const { t } = useTranslation("views");
  const { experiments } = usePlayground();
  const kind = useExperiment(({ experiment }) => experiment?.model.nodes.find(({ id }) => id === layer.node)?.layer);
  const warning = troubles[0];
  return (
    <div className={classNames("flex h-full py-1", isNarrow ? "flex-col gap-0.5" : "items-center gap-2")}>
      <div className={classNames("min-w-0 text-xs", isNarrow ? "flex items-baseline gap-2" : "w-28 shrink-0")}>
        <button
          type="button"
          onClick={() => experiments.select([layer.node])}
          title={t("selectLayer")}
          className="block max-w-full truncate rounded text-left font-medium hover:text-accent"
        >
          {layer.node}
        </button>
        {warning ? (
          <span className="flex min-w-0 items-center gap-1 text-bad" title={t(`troubles.${warning}`)}>
            <TriangleAlert size={12} aria-hidden className="shrink-0" />
            <span className="truncate">
              {warning === "dead"
                ? t("deadShare", { share: formatPercent(layer.dead ?? 0) })
                : t(`troubles.${warning}`)}
            </span>
          </span>
        ) : (
          <>
            <span className="block truncate text-faint">{kind}</span>
            {layer.dead !== undefined && layer.dead > 0 && (
              <span className="block truncate text-faint">{t("deadShare", { share: formatPercent(layer.dead) })}</span>
            )}
          </>
        )}
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 gap-2.5 self-stretch">
        {HISTOGRAMS.map(({ of, colour }) => (
          <Bars key={of} histogram={layer[of]} name={t(of)} colour={colour} />
        ))}
      </div>
    </div>
  );
}

interface BarsProps {
  readonly histogram: Histogram | undefined;
  readonly name: string;
  readonly colour: string;
}

function Bars({ histogram, name, colour }: BarsProps) {
  const { t } = useTranslation("views");
  if (histogram === undefined) return <div className="flex-1" />;
  const { counts, least, largest, mean, deviation } = histogram;
  const most = Math.max(1, ...counts);
  // The square root of a count, so that the tails of a histogram are seen beside its peak.
  const path = Array.from(counts, (count, k) => `M${k} 100V${(100 - 100 * Math.sqrt(count / most)).toFixed(1)}h1V100z`);
  const numbers = { least: formatNumber(least, 2), largest: formatNumber(largest, 2) };
  return (
    <figure className="flex min-w-0 flex-1 flex-col">
      <svg
        role="img"
        aria-label={t("histogramLabel", {
          name,
          ...numbers,
          mean: formatNumber(mean, 2),
          deviation: formatNumber(deviation, 2),
        })}
        viewBox={`0 0 ${counts.length} 100`}
        preserveAspectRatio="none"
        className="min-h-0 w-full flex-1"
      >
        <path d={path.join("")} fill={colour} />
      </svg>
      <figcaption
        title={t("sizeOf", { size: formatNumber(sizeOfValues(histogram), 3) })}
        className="flex justify-between gap-1 border-t border-line text-[10px] leading-tight whitespace-nowrap text-faint"
      >
        <span>{numbers.least}</span>
        <span>{numbers.largest}</span>
      </figcaption>
    </figure>
  );
}
