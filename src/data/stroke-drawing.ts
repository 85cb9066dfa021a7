/** How far a drawing reaches beyond its strokes, in pixels, so that the distance is right wherever it counts. */
const REACH = 2;

/** Points on the way from one point of a stroke to the next. */
const PIECES = 5;

/**
 * Draws strokes as a field of distances: what a pixel holds is how far its middle is from the ink, in pixels, and
 * below 0 within it; far from all strokes it is Infinity. Pixels lie row after row.
 */
export class StrokeDrawing {
  readonly distances: Float32Array<ArrayBuffer>;
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
    this.distances = new Float32Array(size * size);
  }

  clear(): void {
    this.distances.fill(Number.POSITIVE_INFINITY);
  }

  /**
   * Draws a smooth path through points x, y, x, y, … in pixels, with a corner where a point stands twice: a uniform
   * Catmull-Rom spline. `radius` is half the pen's width at the path's beginning, `endRadius` at its end.
   */
  stroke(points: ArrayLike<number>, radius: number, endRadius: number): void {
    const count = points.length / 2;
    const at = (point: number, axis: number) => points[2 * Math.min(Math.max(point, 0), count - 1) + axis] as number;
    const spans = count - 1;
    for (let span = 0; span < spans; span++) {
      const [x0, x1, x2, x3] = [at(span - 1, 0), at(span, 0), at(span + 1, 0), at(span + 2, 0)];
      const [y0, y1, y2, y3] = [at(span - 1, 1), at(span, 1), at(span + 1, 1), at(span + 2, 1)];
      if (x1 === x2 && y1 === y2) continue;
      let [fromX, fromY, fromRadius] = [x1, y1, radius + ((endRadius - radius) * span) / spans];
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const toX = catmullRom(x0, x1, x2, x3, t);
        const toY = catmullRom(y0, y1, y2, y3, t);
        const toRadius = radius + ((endRadius - radius) * (span + t)) / spans;
        this.#segment(fromX, fromY, fromRadius, toX, toY, toRadius);
        [fromX, fromY, fromRadius] = [toX, toY, toRadius];
      }
    }
  }

  #segment(fromX: number, fromY: number, fromRadius: number, toX: number, toY: number, toRadius: number): void {
    const size = this.#size;
    const reach = Math.max(fromRadius, toRadius) + REACH;
    const left = Math.max(Math.floor(Math.min(fromX, toX) - reach), 0);
    const right = Math.min(Math.ceil(Math.max(fromX, toX) + reach), size);
    const top = Math.max(Math.floor(Math.min(fromY, toY) - reach), 0);
    const bottom = Math.min(Math.ceil(Math.max(fromY, toY) + reach), size);
    const alongX = toX - fromX;
    const alongY = toY - fromY;
    const square = alongX * alongX + alongY * alongY;
    const scale = square > 0 ? 1 / square : 0;
    for (let row = top; row < bottom; row++) {
      const y = row + 0.5 - fromY;
      for (let column = left; column < right; column++) {
        const x = column + 0.5 - fromX;
        const t = Math.min(Math.max((x * alongX + y * alongY) * scale, 0), 1);
        const offX = x - t * alongX;
        const offY = y - t * alongY;
        const distance = Math.sqrt(offX * offX + offY * offY) - (fromRadius + t * (toRadius - fromRadius));
        const pixel = row * size + column;
        if (distance < (this.distances[pixel] as number)) this.distances[pixel] = distance;
      }
    }
  }
}

/** The uniform Catmull-Rom spline from b (t = 0) to c (t = 1); a and d are its neighbours. */
function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
