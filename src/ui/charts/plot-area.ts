/** Room for the axes around the curves, in pixels; at the right for half of the last number below. */
export const MARGINS = { left: 46, right: 18, top: 24, bottom: 20 };

/** Where something along an axis is drawn, in pixels from the left edge of the chart. */
export function pixelOf(x: number, end: number, width: number): number {
  return MARGINS.left + (x / end) * (width - MARGINS.left - MARGINS.right);
}

/** What is at a pixel, within the axis. */
export function placeAt(pixel: number, end: number, width: number): number {
  const share = (pixel - MARGINS.left) / (width - MARGINS.left - MARGINS.right);
  return end * Math.min(1, Math.max(0, share));
}
