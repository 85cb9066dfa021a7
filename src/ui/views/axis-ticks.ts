import { niceStep } from "../../app/axis.ts";

/** Round numbers within a range, about `wanted` of them, 1, 2 or 5 times a power of ten apart. */
export function axisTicks(least: number, largest: number, wanted: number): number[] {
  const span = largest - least;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const step = niceStep(span / Math.max(1, wanted));
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(largest / step + 1e-9);
  // Multiplied rather than added up, and cut to the step's digits: 0.3, not 0.30000000000000004.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => Number(((first + k) * step).toFixed(digits)));
}
