import { useTranslation } from "react-i18next";
import type { Family } from "../../app/engine-types.ts";
import type { Histogram } from "../../app/views.ts";
import { formatNumber } from "../format.ts";

interface HistogramBarsProps {
  readonly name: string;
  readonly histogram: Histogram;
  readonly family: Family;
}

const HEIGHT = 32;

/** A histogram as a row of bars, one path in all. */
export function HistogramBars({ name, histogram, family }: HistogramBarsProps) {
  const { t } = useTranslation("inspector");
  const { counts, least, largest, mean, deviation } = histogram;
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const bars = Array.from(counts, (count, k) => {
    // The fewest are seen too.
    const height = count === 0 ? 0 : Math.max(0.6, (HEIGHT * count) / most);
    return `M${k + 0.1} ${HEIGHT}v${-height.toFixed(2)}h0.8V${HEIGHT}z`;
  });
  const facts = { mean: formatNumber(mean, 3), deviation: formatNumber(deviation, 3) };
  const ends = { least: formatNumber(least, 2), largest: formatNumber(largest, 2) };
  return (
    <figure title={t("histogram", { name, ...facts, ...ends })}>
      <svg
        role="img"
        aria-label={t("histogram", { name, ...facts, ...ends })}
        viewBox={`0 0 ${counts.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-10 w-full border-b border-line"
      >
        <path d={bars.join("")} fill={`var(--family-${family})`} />
      </svg>
      <figcaption aria-hidden className="flex justify-between gap-2 text-xs text-muted">
        <span>{ends.least}</span>
        <span className="truncate">
          {name} · σ {facts.deviation}
        </span>
        <span>{ends.largest}</span>
      </figcaption>
    </figure>
  );
}
