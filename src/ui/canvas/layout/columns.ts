import { type Size, STACK_GAP } from "./box.ts";

/** A card within its column: how far its middle is below the middle of the row. */
export interface InColumn {
  readonly id: string;
  readonly y: number;
}

export type Column = readonly InColumn[];

export interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * Puts cards into columns, each to the right of all that lead to it, and those of a column in the order of what leads to
 * them. Takes time in proportion to cards and edges; cards in a circle come last.
 */
export function columnsOf(ids: readonly string[], links: readonly Link[], sizes: ReadonlyMap<string, Size>): Column[] {
  const ranks = ranksOf(ids, links);
  const sources = new Map(ids.map((id) => [id, [] as string[]]));
  for (const { from, to } of links) sources.get(to)?.push(from);
  const columns: string[][] = Array.from({ length: Math.max(0, ...ranks.values()) + 1 }, () => []);
  for (const id of ids) columns[ranks.get(id) as number]?.push(id);
  const places = new Map<string, number>();
  return columns.map((column) => {
    const wish = (id: string) => {
      const known = (sources.get(id) ?? []).flatMap((source) => places.get(source) ?? []);
      return known.length > 0 ? known.reduce((sum, place) => sum + place, 0) / known.length : 0;
    };
    const wishes = new Map(column.map((id) => [id, wish(id)]));
    const ordered = column.toSorted((a, b) => (wishes.get(a) as number) - (wishes.get(b) as number));
    const stacked = stack(ordered, sizes);
    for (const { id, y } of stacked) places.set(id, y);
    return stacked;
  });
}

/** Below each other, round the middle of the row. */
function stack(ids: readonly string[], sizes: ReadonlyMap<string, Size>): Column {
  const heights = ids.map((id) => sizes.get(id)?.height ?? 0);
  const total = heights.reduce((sum, height) => sum + height + STACK_GAP, -STACK_GAP);
  let top = -total / 2;
  return ids.map((id, k) => {
    const height = heights[k] as number;
    const y = top + height / 2;
    top += height + STACK_GAP;
    return { id, y };
  });
}

/** The length of the longest way that leads to each. */
function ranksOf(ids: readonly string[], links: readonly Link[]): Map<string, number> {
  const waiting = new Map(ids.map((id) => [id, 0]));
  const targets = new Map<string, string[]>();
  for (const { from, to } of links) {
    if (!waiting.has(from) || !waiting.has(to)) continue;
    waiting.set(to, (waiting.get(to) as number) + 1);
    const list = targets.get(from);
    if (list) list.push(to);
    else targets.set(from, [to]);
  }
  const ranks = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  let last = 0;
  for (const id of ready) {
    const rank = ranks.get(id) as number;
    last = Math.max(last, rank);
    for (const target of targets.get(id) ?? []) {
      ranks.set(target, Math.max(ranks.get(target) as number, rank + 1));
      const left = (waiting.get(target) as number) - 1;
      waiting.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  for (const [id, left] of waiting) if (left > 0) ranks.set(id, ++last);
  return ranks;
}
