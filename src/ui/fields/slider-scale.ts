/** How a slider stands for a number: its positions are the whole numbers from 0 to `last`. */
export interface SliderScale {
  readonly last: number;
  toPosition(value: number): number;
  toValue(position: number): number;
}

/** Positions of a slider that moves by factors, for each factor of ten. */
const PER_DECADE = 20;

/** A slider that moves by factors reaches so many factors of ten below and above the default. */
const DECADES = 3;

/** Where a range is far larger than what is tried in practice, a slider reaches so many times the default. */
const REACH = 10;
const TOO_FAR = 100;

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly scale?: "linear" | "log";
}

/** The scale of a field's slider: over the values that are tried in practice, and the present one. Others can be typed. */
export function sliderScale(field: Limits, value: number): SliderScale {
  return field.scale === "log" ? byFactors(field, value) : byEqualSteps(field, value);
}

/** Where 0 is allowed and the default, it is the first position, before all factors. */
function byFactors({ min, max, default: usual }: Limits, value: number): SliderScale {
  const hasZero = min === 0 && usual === 0;
  const reference = usual > 0 ? usual : 1e-3;
  const present = value > 0 ? value : reference;
  const decade = (of: number) => Math.floor(Math.log10(of) + 1e-9);
  const low = Math.max(Math.min(decade(reference) - DECADES, decade(present)), min > 0 ? Math.log10(min) : -300);
  const high = Math.min(Math.max(decade(reference) + DECADES, Math.ceil(Math.log10(present))), Math.log10(max));
  const first = hasZero ? 1 : 0;
  const last = first + Math.max(1, Math.round((high - low) * PER_DECADE));
  return {
    last,
    toPosition(of) {
      if (of <= 0) return 0;
      const position = first + ((Math.log10(of) - low) / (high - low)) * (last - first);
      return clamp(Math.round(position), first, last);
    },
    toValue(position) {
      if (position < first) return 0;
      const exponent = low + ((position - first) / (last - first)) * (high - low);
      return clamp(Number((10 ** exponent).toPrecision(2)), min, max);
    },
  };
}

function byEqualSteps({ min, max, default: usual }: Limits, value: number): SliderScale {
  const reference = Math.abs(usual) || 1;
  const isFar = max - min > TOO_FAR * reference;
  const low = Math.min(isFar ? Math.max(min, -REACH * reference) : min, value);
  const high = Math.max(isFar ? Math.min(max, REACH * reference) : max, value);
  const step = roundStep((high - low) / 100);
  const last = Math.max(1, Math.ceil((high - low) / step - 1e-9));
  return {
    last,
    toPosition: (of) => clamp(Math.round((of - low) / step), 0, last),
    // Steps are counted from a multiple of one, so that round numbers come out, whatever the least is.
    toValue: (position) => clamp(Number(((Math.round(low / step) + position) * step).toPrecision(10)), low, high),
  };
}

/** 1, 2 or 5 times a power of ten, at most as large. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  const digit = step / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

function clamp(value: number, least: number, largest: number): number {
  return Math.min(largest, Math.max(least, value));
}
