/** What stands before the fraction of a number. */
export type DecimalSign = "." | ",";

const MISSING: ReadonlySet<string> = new Set(["", "?", "na", "n/a", "nan", "null", "none"]);

const NUMBER: Readonly<Record<DecimalSign, RegExp>> = {
  ".": /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ",": /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
};

const INFINITY = /^[+-]?inf(inity)?$/i;

/** Whether a cell of a table stands for a missing value, as spreadsheets and statistics programs write it. */
export function isMissing(cell: string): boolean {
  return cell.length <= 4 && MISSING.has(cell.toLowerCase());
}

/** Whether a cell is a number: 5, −.5, 1e−3, and infinities, which the table refuses later by row and column. */
export function isNumber(cell: string, sign: DecimalSign): boolean {
  return NUMBER[sign].test(cell) || INFINITY.test(cell);
}

/** Whether a cell is a number only if a comma is the decimal sign. */
export function hasDecimalComma(cell: string): boolean {
  return cell.includes(",") && isNumber(cell, ",");
}

/** Whether its comma may as well part thousands: 1,234. */
export function mayPartThousands(cell: string): boolean {
  return /^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell);
}

/** A cell that is a number with this or no decimal sign. */
export function numberOf(cell: string, sign: DecimalSign): number {
  if (INFINITY.test(cell)) return cell.startsWith("-") ? -Infinity : Infinity;
  return Number(sign === "," ? cell.replace(",", ".") : cell);
}
