interface Limits {
  readonly min: number;
  readonly max: number;
}

export type Pair = number | readonly [number, number];

/** "3" as 3, "3 × 5" as [3, 5]; undefined for what is no one or two whole numbers within the limits. */
export function parsePair(text: string, limits: Limits): Pair | undefined {
  const numbers = parseWhole(text.split(/[×x*,，、]/i), limits);
  if (numbers === undefined || numbers.length > 2) return undefined;
  const [height, width = height] = numbers as [number, number?];
  return height === width ? height : [height, width as number];
}

export function pairText(pair: Pair): string {
  return typeof pair === "number" ? `${pair} × ${pair}` : pair.join(" × ");
}

/** "2, 3, 4" as [2, 3, 4]; nothing as []. Undefined for anything else, numbers beyond the limits and too many of them. */
export function parseList(text: string, { maxLength, ...limits }: Limits & { readonly maxLength: number }) {
  if (text.trim() === "") return [];
  const numbers = parseWhole(text.split(/[,，、]/), limits);
  return numbers !== undefined && numbers.length <= maxLength ? numbers : undefined;
}

export function listText(list: readonly number[]): string {
  return list.join(", ");
}

function parseWhole(words: readonly string[], { min, max }: Limits): number[] | undefined {
  const numbers = words.map((word) => (/^\s*[-−]?\d+\s*$/.test(word) ? Number(word.replace("−", "-")) : Number.NaN));
  return numbers.every((value) => value >= min && value <= max) ? numbers : undefined;
}
