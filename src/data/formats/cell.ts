const MISSING: ReadonlySet<string> = new Set(["", "?", "na", "n/a", "nan", "null", "none"]);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const INFINITY = /^[+-]?inf(inity)?$/i;

/** Whether a cell of a table stands for a missing value, as spreadsheets and statistics programs write it. */
export function isMissing(cell: string): boolean {
  return cell.length <= 4 && MISSING.has(cell.toLowerCase());
}

/** Whether a cell is a number: 5, −.5, 1e−3, and infinities, which the table refuses later by row and column. */
export function isNumber(cell: string): boolean {
  return NUMBER.test(cell) || INFINITY.test(cell);
}

/** A cell that is a number. */
export function numberOf(cell: string): number {
  if (!INFINITY.test(cell)) return Number(cell);
  return cell.startsWith("-") ? -Infinity : Infinity;
}
