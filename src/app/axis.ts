/** What an axis spans and where its lines are, in the units that are drawn: logarithms to base 10 on a log scale. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

export type Scale = "linear" | "log";

/** The place of a value on a scale; NaN where it has none. */
export function placeOf(value: number, scale: Scale): number {
  if (scale === "linear") return Number.isFinite(value) ? value : Number.NaN;
  return value > 0 && Number.isFinite(value) ? Math.log10(value) : Number.NaN;
}

export function valueAt(place: number, scale: Scale): number {
  return scale === "log" ? 10 ** place : place;
}

/** An axis for values from `least` to `largest`, given as places on its scale, with about `count` lines. */
export function axisOf(least: number, largest: number, scale: Scale, count: number): Axis {
  if (!(least <= largest)) return { from: 0, to: 1, ticks: [] };
  return scale === "log" ? logAxis(least, largest, count) : linearAxis(least, largest, count);
}

function linearAxis(least: number, largest: number, count: number): Axis {
  if (least === largest) {
    const margin = Math.abs(least) / 2 || 1;
    return linearAxis(least > 0 ? 0 : least - margin, largest < 0 ? 0 : largest + margin, count);
  }
  // A curve that comes near to zero is seen best from zero.
  const bottom = least > 0 && least < 0.4 * largest ? 0 : least;
  const step = niceStep((largest - bottom) / count);
  const [first, last] = [Math.floor(bottom / step + 1e-9), Math.ceil(largest / step - 1e-9)];
  const ticks = range(first, last).map((k) => clean(k * step));
  return { from: ticks[0] as number, to: ticks.at(-1) as number, ticks };
}

function logAxis(least: number, largest: number, count: number): Axis {
  const margin = Math.max(0.02, (largest - least) * 0.04);
  const [from, to] = [least - margin, largest + margin];
  const decades = range(Math.ceil(from), Math.floor(to));
  if (decades.length >= 3) {
    const every = Math.ceil(decades.length / (count + 1));
    return { from, to, ticks: decades.filter((decade) => decade % every === 0) };
  }
  const within = (mantissas: readonly number[]) =>
    range(Math.floor(from), Math.floor(to))
      .flatMap((decade) => mantissas.map((mantissa) => decade + Math.log10(mantissa)))
      .filter((place) => place >= from && place <= to);
  const ticks = within([1, 2, 5]);
  if (ticks.length >= 3) return { from, to, ticks };
  // Less than a decade: lines at round values.
  const step = niceStep((10 ** to - 10 ** from) / count);
  const rounds = range(Math.ceil(10 ** from / step), Math.floor(10 ** to / step));
  return { from, to, ticks: rounds.map((k) => Math.log10(k * step)) };
}

/** Lines at round numbers from 0 on, none beyond the end. */
export function roundTicks(to: number, count: number, isWhole: boolean): number[] {
  if (!(to > 0)) return [0];
  const step = Math.max(isWhole ? 1 : 0, niceStep(to / count));
  return range(0, Math.floor(to / step + 1e-9)).map((k) => clean(k * step));
}

/** 1, 2 or 5 times a power of ten, not below this. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const mantissa = least / power;
  return power * (mantissa <= 1.0001 ? 1 : mantissa <= 2.0001 ? 2 : mantissa <= 5.0001 ? 5 : 10);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
}

/** Without the dust of floating point: 0.30000000000000004 is 0.3. */
const clean = (value: number) => Number(value.toPrecision(12));
