import { COLUMN_GAP, type Point, ROW_GAP, type Size } from "./box.ts";
import type { Column } from "./columns.ts";

/** More rows than this are not tried: so wide a network is looked at in parts anyway. */
const MAX_ROWS = 16;

interface Row {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  readonly width: number;
  /** Above and below the middle of the row. */
  readonly above: number;
  readonly below: number;
}

/**
 * Writes columns in rows like a snake, to the right, down, to the left, in as many rows as show it largest within
 * `view`. Gives the left upper corners.
 */
export function fold(columns: readonly Column[], sizes: ReadonlyMap<string, Size>, view: Size): Map<string, Point> {
  let best: { readonly rows: readonly Row[]; readonly scale: number } | undefined;
  for (let count = 1; count <= Math.min(MAX_ROWS, columns.length); count++) {
    const rows = inRows(columns, count, sizes);
    const { width, height } = extent(rows);
    const scale = Math.min(1, view.width / width, view.height / height);
    // Another row must be worth it.
    if (best === undefined || scale > best.scale * 1.02) best = { rows, scale };
  }
  return best === undefined ? new Map() : corners(best.rows, sizes);
}

function inRows(columns: readonly Column[], count: number, sizes: ReadonlyMap<string, Size>): Row[] {
  const perRow = Math.ceil(columns.length / count);
  const rows: Row[] = [];
  for (let first = 0; first < columns.length; first += perRow) {
    rows.push(rowOf(columns.slice(first, first + perRow), sizes));
  }
  return rows;
}

function rowOf(columns: readonly Column[], sizes: ReadonlyMap<string, Size>): Row {
  const sizeOf = (id: string) => sizes.get(id) ?? { width: 0, height: 0 };
  const widths = columns.map((column) => Math.max(...column.map(({ id }) => sizeOf(id).width)));
  const cards = columns.flat();
  return {
    columns,
    widths,
    width: widths.reduce((sum, width) => sum + width + COLUMN_GAP, -COLUMN_GAP),
    above: Math.max(...cards.map(({ id, y }) => sizeOf(id).height / 2 - y)),
    below: Math.max(...cards.map(({ id, y }) => sizeOf(id).height / 2 + y)),
  };
}

function extent(rows: readonly Row[]): Size {
  return {
    width: Math.max(...rows.map(({ width }) => width)),
    height: rows.reduce((sum, { above, below }) => sum + above + below + ROW_GAP, -ROW_GAP),
  };
}

function corners(rows: readonly Row[], sizes: ReadonlyMap<string, Size>): Map<string, Point> {
  const { width } = extent(rows);
  const places = new Map<string, Point>();
  let top = 0;
  for (const [k, row] of rows.entries()) {
    const isBackwards = k % 2 === 1;
    const middle = top + row.above;
    let travelled = 0;
    for (const [c, column] of row.columns.entries()) {
      const columnWidth = row.widths[c] as number;
      const left = isBackwards ? width - travelled - columnWidth : travelled;
      travelled += columnWidth + COLUMN_GAP;
      for (const { id, y } of column) {
        const size = sizes.get(id) ?? { width: 0, height: 0 };
        places.set(id, {
          x: Math.round(left + (columnWidth - size.width) / 2),
          y: Math.round(middle + y - size.height / 2),
        });
      }
    }
    top = middle + row.below + ROW_GAP;
  }
  return places;
}
