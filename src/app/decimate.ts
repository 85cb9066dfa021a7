/** A point of a drawn curve, in the units of its axes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A stretch of values, each between a least and a largest one, which are the same where it is one value. */
export interface Band {
  readonly xs: ArrayLike<number>;
  readonly least: ArrayLike<number>;
  readonly largest: ArrayLike<number>;
  readonly length: number;
}

/**
 * The least and the largest value in each of so many columns of equal width, in their order along the curve: no spike is
 * lost, and at most two points a column are left. Values that are not finite are left out.
 */
export function decimate({ xs, least, largest, length }: Band, from: number, to: number, columns: number): Point[] {
  const points: Point[] = [];
  const perUnit = to > from ? columns / (to - from) : 0;
  let column = -1;
  let [low, high] = [-1, -1];
  const flush = () => {
    if (low < 0) return;
    const bottom = { x: xs[low] as number, y: least[low] as number };
    const top = { x: xs[high] as number, y: largest[high] as number };
    if (low === high && bottom.y === top.y) points.push(bottom);
    else if (low < high || (low === high && isNearer(points.at(-1), bottom, top))) points.push(bottom, top);
    else points.push(top, bottom);
    [low, high] = [-1, -1];
  };
  for (let k = 0; k < length; k++) {
    const at = Math.min(columns - 1, Math.floor(((xs[k] as number) - from) * perUnit));
    if (at !== column) flush();
    column = at;
    if (!Number.isFinite(least[k])) continue;
    if (low < 0 || (least[k] as number) < (least[low] as number)) low = k;
    if (high < 0 || (largest[k] as number) > (largest[high] as number)) high = k;
  }
  flush();
  return points;
}

/** Whether the curve, coming from a point, reaches the first of two before the second. */
function isNearer(from: Point | undefined, first: Point, second: Point): boolean {
  return from === undefined || Math.abs(first.y - from.y) <= Math.abs(second.y - from.y);
}
