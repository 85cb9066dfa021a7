/** Numbers from 0 to 1 that look random and are the same every time, so that pictures do not flicker. */
export function noise(k: number): number {
  const value = Math.sin(12.9898 * k + 4.1414) * 43758.5453;
  return value - Math.floor(value);
}

/** A line through points, for a path; to a tenth of a pixel. */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], k) => `${k === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
