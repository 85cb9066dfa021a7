import type { Column, Dataset } from "../../data/dataset.ts";
import { columnValues } from "../sample-values.ts";
import type { PlaneGrid } from "../view-protocol.ts";

/** How far the picture goes beyond the training points, as a share of their range. */
const MARGIN = 0.1;

/** The input column, where the model reads points of a plane and nothing else. */
export function planeColumn({ inputs }: Dataset): Column | undefined {
  const [first, ...others] = inputs;
  const isPlane = first?.dtype === "f32" && first.shape.length === 1 && first.shape[0] === 2;
  return isPlane && others.length === 0 ? first : undefined;
}

/** A grid over all the training points, with a margin. */
export function gridOver({ training }: Dataset, points: Column, columns: number, rows: number): PlaneGrid {
  const values = columnValues(points, training, [...new Array(training.count).keys()]);
  const range = (axis: 0 | 1): [number, number] => {
    let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = axis; k < values.length; k += 2) {
      least = Math.min(least, values[k] as number);
      largest = Math.max(largest, values[k] as number);
    }
    // Points that all lie on one line still have room on both sides of it.
    const margin = (largest - least) * MARGIN || 1;
    return [least - margin, largest + margin];
  };
  return { columns, rows, x: range(0), y: range(1) };
}

/** The centres of a grid's cells, row by row from the top: (rows · columns, 2). */
export function pointsOf({ columns, rows, x, y }: PlaneGrid): Float32Array<ArrayBuffer> {
  const points = new Float32Array(2 * columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const k = 2 * (row * columns + column);
      points[k] = x[0] + ((column + 0.5) / columns) * (x[1] - x[0]);
      points[k + 1] = y[1] - ((row + 0.5) / rows) * (y[1] - y[0]);
    }
  }
  return points;
}
