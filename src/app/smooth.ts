import type { Outline } from "./outline.ts";

/**
 * An exponential moving average with its bias corrected: m ← w·m + (1 − w)·v, divided by 1 − w^n. `weight` is that of
 * the past over `unit` entries of the curve; a piece of several entries counts as so many of their mean. NaN where a piece
 * has no value.
 */
export function smooth(outline: Outline, weight: number, unit = 1): Float32Array<ArrayBuffer> {
  const smoothed = new Float32Array(outline.length);
  const past = weight ** (outline.width / unit);
  let [average, pastOfAll] = [0, 1];
  for (let k = 0; k < outline.length; k++) {
    const value = outline.mean(k);
    if (Number.isFinite(value)) {
      average = past * average + (1 - past) * value;
      pastOfAll *= past;
      smoothed[k] = average / (1 - pastOfAll);
    } else {
      smoothed[k] = Number.NaN;
    }
  }
  return smoothed;
}
