/** Whole numbers from here on are not written out. Every seed is, and every large number of 32 bits would be whole. */
const MOST_WHOLE = 1e10;

/** Numbers as people write them: 1,240; 0.0834; 3.2e−7. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < MOST_WHOLE) return WHOLE.format(value).replace("-", "−");
  const isFar = size < 1e-4 || size >= 1e9;
  const text = isFar ? Number(value.toPrecision(3)).toExponential() : precise(digits).format(value);
  return text.replaceAll("-", "−");
}

// Made once each: making one takes a hundred times as long as writing a number, and the status line writes many a second.
const WHOLE = new Intl.NumberFormat("en-US");
const PRECISE = new Map<number, Intl.NumberFormat>();

function precise(digits: number): Intl.NumberFormat {
  const known = PRECISE.get(digits) ?? new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits });
  PRECISE.set(digits, known);
  return known;
}

/** As few significant digits as tell these numbers apart; at least 3, at most 8. */
export function digitsToTellApart(values: readonly number[]): number {
  for (let digits = 3; digits < 8; digits++) {
    if (new Set(values.map((value) => formatNumber(value, digits))).size === new Set(values).size) return digits;
  }
  return 8;
}

/** 1.2 k, 9.9 M, 41 G: with a unit behind it. */
export function formatQuantity(value: number): string {
  for (const [size, prefix] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))} ${prefix}`;
  }
  return `${Math.round(value)} `;
}

/** "Learning rate" as it stands within a sentence; abbreviations stay as they are. */
export function withinSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? (label[0] as string).toLowerCase() + label.slice(1) : label;
}
