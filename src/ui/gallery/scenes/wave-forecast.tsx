import { linePath } from "./noise.ts";

const NOW = 66;
const waves = [
  [14, 0.4, 0],
  [8, 1.3, 30],
  [10, 0.9, 60],
] as const;

/** Mixtures of waves up to now, and how they go on. */
export function WaveForecast() {
  return waves.map(([strength, phase, y]) => {
    const height = (x: number) =>
      14 + y - 0.55 * strength * Math.sin(x / 9 + phase) - 0.45 * strength * Math.sin(x / 4.3 + 2 * phase);
    const points = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, k) => [from + k, height(from + k)] as const);
    return (
      <g key={y} fill="none" strokeWidth={1.7} strokeLinecap="round">
        <path d={linePath(points(0, NOW))} stroke="var(--run-2)" />
        <path d={linePath(points(NOW, 100))} stroke="var(--run-0)" strokeDasharray="1 3.4" />
        <circle cx={NOW} cy={height(NOW)} r={2.2} fill="var(--run-0)" />
      </g>
    );
  });
}
