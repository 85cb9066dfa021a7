interface Limits {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

/** Where 0 leads to says nothing of what is meant: at most this, and at most this share of the range. */
const THOUSANDTH = 1e-3;

/**
 * What an arrow key makes of a number: whole numbers go by 1, others by 1 of their first digit. Towards 0 a power of ten
 * goes by a tenth of itself, so that small numbers become smaller and not 0.
 */
export function nudged(value: number, direction: 1 | -1, { min, max, isWhole }: Limits): number {
  const next = value + direction * (isWhole ? 1 : stepOf(value, direction, max - min));
  return Math.min(max, Math.max(min, Number(next.toPrecision(12))));
}

function stepOf(value: number, direction: 1 | -1, range: number): number {
  if (value === 0) return powerOfTen(Math.floor(decade(THOUSANDTH * Math.min(1, range))));
  const isTowardsZero = Math.sign(value) !== direction;
  return powerOfTen(isTowardsZero ? Math.ceil(decade(value)) - 1 : Math.floor(decade(value)));
}

/** Rounded, so that powers of ten are whole. */
function decade(value: number): number {
  return Number(Math.log10(Math.abs(value)).toFixed(9));
}

function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}
