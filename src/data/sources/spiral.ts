/** Points of the plane with a class each, side by side: x, y, x, y, …, as row-major (count, 2). */
export interface LabelledPoints {
  readonly points: Float32Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
}

const TURNS = 1.75;

/** Two arms of a spiral within [-1, 1]², one class each, evenly spaced along the arm: the classic hard case in 2-D. */
export function spiral(count: number): LabelledPoints {
  const points = new Float32Array(2 * count);
  const labels = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    const label = k % 2;
    const along = (k + 1) / count;
    const angle = along * TURNS * 2 * Math.PI + label * Math.PI;
    points[2 * k] = along * Math.sin(angle);
    points[2 * k + 1] = along * Math.cos(angle);
    labels[k] = label;
  }
  return { points, labels };
}
