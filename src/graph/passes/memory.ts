/** Every binding starts at a multiple of this: WebGPU's minStorageBufferOffsetAlignment at its largest. */
export const ALIGNMENT = 256;

/** Memory needed from one dispatch to another, both included. */
export interface Lifetime {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** A slice of an arena. */
export interface Slice {
  readonly arena: number;
  readonly offset: number;
}

export interface Layout {
  readonly slices: readonly Slice[];
  /** Bytes of each arena. */
  readonly arenas: readonly number[];
}

/** Orders in which the greedy placement is tried; the best result is taken. */
const ORDERS: readonly ((a: Lifetime, b: Lifetime) => number)[] = [
  (a, b) => b.bytes - a.bytes || a.first - b.first,
  (a, b) => a.first - b.first || b.bytes - a.bytes,
  (a, b) => b.bytes * (b.last - b.first + 1) - a.bytes * (a.last - a.first + 1) || a.first - b.first,
];

/**
 * Gives every lifetime a slice such that none overlaps another in both memory and time: each, in turn, the lowest
 * free place of the first arena that has one.
 */
export function layOut(lifetimes: readonly Lifetime[], maxArenaBytes: number): Layout {
  const layouts = ORDERS.map((order) => place(lifetimes, order, maxArenaBytes));
  return layouts.reduce((best, layout) => (total(layout) < total(best) ? layout : best));
}

/** The most bytes alive at once: no layout can do with less. */
export function lowerBound(lifetimes: readonly Lifetime[]): number {
  const steps = new Set(lifetimes.map(({ first }) => first));
  return Math.max(
    0,
    ...[...steps].map((step) => {
      const alive = lifetimes.filter(({ first, last }) => first <= step && step <= last);
      return alive.reduce((sum, { bytes }) => sum + bytes, 0);
    }),
  );
}

export function total({ arenas }: Layout): number {
  return arenas.reduce((sum, bytes) => sum + bytes, 0);
}

interface Placed extends Lifetime, Slice {}

function place(
  lifetimes: readonly Lifetime[],
  order: (a: Lifetime, b: Lifetime) => number,
  maxArenaBytes: number,
): Layout {
  const arenas: Placed[][] = [];
  const slices: Slice[] = new Array(lifetimes.length);
  const indices = [...lifetimes.keys()];
  indices.sort((a, b) => order(lifetimes[a] as Lifetime, lifetimes[b] as Lifetime));
  for (const index of indices) {
    const lifetime = lifetimes[index] as Lifetime;
    let arena = 0;
    let offset = lowestGap(arenas[0] ?? [], lifetime);
    while (offset + lifetime.bytes > maxArenaBytes && offset > 0) {
      arena++;
      offset = lowestGap(arenas[arena] ?? [], lifetime);
    }
    arenas[arena] ??= [];
    (arenas[arena] as Placed[]).push({ ...lifetime, arena, offset });
    slices[index] = { arena, offset };
  }
  return { slices, arenas: arenas.map((placed) => Math.max(...placed.map(({ offset, bytes }) => offset + bytes))) };
}

function lowestGap(placed: readonly Placed[], { bytes, first, last }: Lifetime): number {
  const neighbours = placed.filter((other) => other.first <= last && first <= other.last);
  neighbours.sort((a, b) => a.offset - b.offset);
  let offset = 0;
  for (const other of neighbours) {
    if (offset + bytes <= other.offset) break;
    offset = Math.max(offset, Math.ceil((other.offset + other.bytes) / ALIGNMENT) * ALIGNMENT);
  }
  return offset;
}
