/** The values that the ends of a ramp stand for. */
export type Range = readonly [least: number, largest: number];

/** The range of the values that are numbers; [0, 1] where there is none. */
export function rangeOf(values: ArrayLike<number>): Range {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return least > largest ? [0, 1] : [least, largest];
}

/** The same range below 0 as above, so that the middle of a diverging ramp is 0. */
export function symmetricRange(values: ArrayLike<number>): Range {
  const [least, largest] = rangeOf(values);
  const size = Math.max(Math.abs(least), Math.abs(largest)) || 1;
  return [-size, size];
}
