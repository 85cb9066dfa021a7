import type { Draw } from "./initializer.ts";

/**
 * Columns that go through the reflections together: element i of column c stands at COLUMNS · i + c. One at a time would
 * read the reflectors, which are too many for the cache, COLUMNS times as often, and wait for each sum by itself.
 */
const COLUMNS = 4;

/**
 * Orthonormal vectors, at most as many as they are long: the columns of Q in the QR decomposition of a normal matrix,
 * by Householder's reflections in float64. The signs are those that give R a positive diagonal, which makes Q uniform
 * among all such matrices (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).
 * The element i of column k of the matrix is drawn at the position offset + k · length + i.
 */
export function orthonormal(count: number, length: number, draw: Draw, offset: number): Float64Array[] {
  const reflectors: Float64Array[] = [];
  const signs: number[] = [];
  const columns = new Float64Array(COLUMNS * length);
  for (let first = 0; first < count; first += COLUMNS) {
    const width = Math.min(COLUMNS, count - first);
    for (let c = 0; c < width; c++) {
      for (let i = 0; i < length; i++) columns[COLUMNS * i + c] = draw.normal(offset + (first + c) * length + i);
    }
    for (const [k, reflector] of reflectors.entries()) reflect(columns, reflector, k);
    for (let k = first; k < first + width; k++) {
      const column = columnOf(columns, k - first);
      const reflector = reflectorOf(column, k);
      reflect(columns, reflector, k);
      reflectors.push(reflector);
      // The reflection turns the column to the side of the axis where it is not: R has there the other sign.
      signs.push((column[k] as number) < 0 ? 1 : -1);
    }
  }

  // Q is the product of the reflections, the first outermost; column k is unmoved by those after k.
  const vectors: Float64Array[] = [];
  for (let first = 0; first < count; first += COLUMNS) {
    const end = Math.min(first + COLUMNS, count);
    columns.fill(0);
    for (let k = first; k < end; k++) columns[COLUMNS * k + k - first] = signs[k] as number;
    for (let k = end - 1; k >= 0; k--) reflect(columns, reflectors[k] as Float64Array, k);
    for (let k = first; k < end; k++) vectors.push(columnOf(columns, k - first));
  }
  return vectors;
}

function columnOf(columns: Float64Array, c: number): Float64Array {
  return Float64Array.from({ length: columns.length / COLUMNS }, (_, i) => columns[COLUMNS * i + c] as number);
}

/** The v of the length √2, zero before element k, for which I − v vᵀ makes the column zero after element k. */
function reflectorOf(column: Float64Array, k: number): Float64Array {
  const v = column.slice().fill(0, 0, k);
  const head = v[k] as number;
  let rest = 0;
  for (let i = k + 1; i < v.length; i++) rest += (v[i] as number) ** 2;
  const norm = Math.sqrt(head ** 2 + rest);
  // Away from zero, so that nothing cancels. One normal number in 2²⁴ is zero, and any reflection keeps zeros.
  const away = head + (head < 0 ? -1 : 1) * (norm || 1);
  v[k] = away;
  const scale = Math.sqrt(2 / (away ** 2 + rest));
  for (let i = k; i < v.length; i++) v[i] = (v[i] as number) * scale;
  return v;
}

/** Takes v (vᵀ x) from each of the columns x, where v is zero before element k. */
function reflect(x: Float64Array, v: Float64Array, k: number): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = k, j = COLUMNS * k; i < v.length; i++, j += COLUMNS) {
    const factor = v[i] as number;
    a += factor * (x[j] as number);
    b += factor * (x[j + 1] as number);
    c += factor * (x[j + 2] as number);
    d += factor * (x[j + 3] as number);
  }
  for (let i = k, j = COLUMNS * k; i < v.length; i++, j += COLUMNS) {
    const factor = v[i] as number;
    x[j] = (x[j] as number) - a * factor;
    x[j + 1] = (x[j + 1] as number) - b * factor;
    x[j + 2] = (x[j + 2] as number) - c * factor;
    x[j + 3] = (x[j + 3] as number) - d * factor;
  }
}
