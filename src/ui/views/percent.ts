/** A share as people say it: 93%, 4.2%, <0.1%; 99.7% rather than a 100% that it is not. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const percent = 100 * share;
  if (percent > 99 && percent < 100) return `${Math.floor(percent * 10) / 10}%`;
  if (percent > 0 && percent < 0.1) return "<0.1%";
  return `${percent === 0 || percent >= 9.95 ? Math.round(percent) : Number(percent.toPrecision(2))}%`;
}
