// What is drawn with a pen becomes an image as the data has them: white on black, soft edges, as large and as much in the
// middle as the digits of `glyphDigits`, which are like those of MNIST.

/** A stroke of the pen: x, y, x, y, … from 0 to 1 across the pad. */
export type PenStroke = readonly number[];

export interface Drawing {
  readonly strokes: readonly PenStroke[];
  /** Half the pen's width, in pixels of an image 28 pixels high, where the data's pens have 0.7 to 1.7. */
  readonly radius: number;
  /** An image that is drawn upon: what is drawn then stays where it was drawn. */
  readonly ground: ArrayLike<number> | undefined;
}

/** The data's digits are 15.5 to 21 pixels high of 28. */
const DRAWN_SHARE = 18.5 / 28;

/** Less than this share of the pad is a dot: it is not blown up. */
const SMALLEST_SHARE = 0.12;

const INK = 0.95;

/** From ink to paper, in pixels of an image 28 pixels high. */
const EDGE = 1.4;

/** The drawing as an image (rows, columns), 0…1. */
export function drawnImage(
  { strokes, radius, ground }: Drawing,
  rows: number,
  columns: number,
): Float32Array<ArrayBuffer> {
  const image = new Float32Array(rows * columns);
  if (ground !== undefined) image.set(ground);
  const unit = rows / 28;
  const place = ground === undefined ? centred(strokes) : (x: number, y: number) => [x, y] as const;
  const distances = new Float32Array(rows * columns).fill(Number.POSITIVE_INFINITY);
  for (const stroke of strokes) {
    const points: number[] = [];
    for (let k = 0; k < stroke.length; k += 2) {
      const [x, y] = place(stroke[k] as number, stroke[k + 1] as number);
      points.push(x * columns, y * rows);
    }
    addStroke(distances, rows, columns, points, radius * unit);
  }
  for (let pixel = 0; pixel < image.length; pixel++) {
    const t = Math.min(Math.max(0.5 - (distances[pixel] as number) / (EDGE * unit), 0), 1);
    image[pixel] = Math.max(image[pixel] as number, INK * t * t * (3 - 2 * t));
  }
  return image;
}

/** Moves what was drawn to the middle and makes it as large as the data's digits. */
function centred(strokes: readonly PenStroke[]): (x: number, y: number) => readonly [number, number] {
  const box = { left: 1, right: 0, top: 1, bottom: 0 };
  for (const stroke of strokes) {
    for (let k = 0; k < stroke.length; k += 2) {
      const [x, y] = [stroke[k] as number, stroke[k + 1] as number];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  const size = Math.max(box.right - box.left, box.bottom - box.top);
  const scale = size < SMALLEST_SHARE ? 1 : DRAWN_SHARE / size;
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return (x, y) => [0.5 + scale * (x - middleX), 0.5 + scale * (y - middleY)];
}

/** Lowers the distance of each pixel's middle from the ink to that from this stroke; points are in pixels. */
function addStroke(
  distances: Float32Array,
  rows: number,
  columns: number,
  points: readonly number[],
  radius: number,
): void {
  const reach = radius + 3;
  for (let k = 0; k < Math.max(points.length - 2, 2); k += 2) {
    const [x1, y1] = [points[k] as number, points[k + 1] as number];
    const [x2, y2] = [points[k + 2] ?? x1, points[k + 3] ?? y1];
    const left = Math.max(Math.floor(Math.min(x1, x2) - reach), 0);
    const right = Math.min(Math.ceil(Math.max(x1, x2) + reach), columns);
    const top = Math.max(Math.floor(Math.min(y1, y2) - reach), 0);
    const bottom = Math.min(Math.ceil(Math.max(y1, y2) + reach), rows);
    const [alongX, alongY] = [x2 - x1, y2 - y1];
    const square = alongX * alongX + alongY * alongY;
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const [x, y] = [column + 0.5 - x1, row + 0.5 - y1];
        const t = square > 0 ? Math.min(Math.max((x * alongX + y * alongY) / square, 0), 1) : 0;
        const distance = Math.hypot(x - t * alongX, y - t * alongY) - radius;
        const pixel = row * columns + column;
        if (distance < (distances[pixel] as number)) distances[pixel] = distance;
      }
    }
  }
}
