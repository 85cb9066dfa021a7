import { describe, expect, test } from "vitest";
import { ALIGNMENT, type Layout, type Lifetime, layOut, lowerBound, total } from "../../src/graph/passes/memory.ts";
import { createRandom } from "../ops/random.ts";

/** Random lifetimes of `count` tensors over `steps` dispatches, some of them alive for ever. */
function draw(seed: number, count: number, steps: number, maxBytes: number): Lifetime[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const first = random.integer(0, steps - 1);
    const last = random.next() < 0.1 ? Number.MAX_SAFE_INTEGER : Math.min(steps - 1, first + random.integer(0, 6));
    return { bytes: 4 * random.integer(1, maxBytes / 4), first, last };
  });
}

/** What is wrong with a layout, found pair by pair and independently of how it was made. */
function mistakes(lifetimes: readonly Lifetime[], { slices, arenas }: Layout, maxArenaBytes: number): string[] {
  const found: string[] = [];
  for (const [k, { arena, offset }] of slices.entries()) {
    const { bytes, first, last } = lifetimes[k] as Lifetime;
    if (offset % ALIGNMENT !== 0) found.push(`${k} starts at ${offset}`);
    if (offset + bytes > (arenas[arena] as number)) found.push(`${k} ends outside its arena`);
    for (let other = 0; other < k; other++) {
      const neighbour = lifetimes[other] as Lifetime;
      const slice = slices[other] as Layout["slices"][number];
      const inTime = first <= neighbour.last && neighbour.first <= last;
      const inSpace = slice.arena === arena && offset < slice.offset + neighbour.bytes && slice.offset < offset + bytes;
      if (inTime && inSpace) found.push(`${k} overlaps ${other}`);
    }
  }
  for (const [arena, bytes] of arenas.entries()) {
    if (bytes > maxArenaBytes) found.push(`arena ${arena} has ${bytes} bytes`);
  }
  return found;
}

describe("the memory layout of random lifetimes", () => {
  test.each([
    { arenas: "one arena", maxArenaBytes: 2 ** 30 },
    { arenas: "several arenas", maxArenaBytes: 20_000 },
    { arenas: "arenas that one tensor fills", maxArenaBytes: 8192 },
  ])("never overlaps in memory and time, in $arenas", ({ maxArenaBytes }) => {
    let several = 0;
    for (let seed = 0; seed < 200; seed++) {
      const lifetimes = draw(seed, 1 + (seed % 60), 40, 8192);
      const layout = layOut(lifetimes, maxArenaBytes);
      expect(layout.slices.length).toBe(lifetimes.length);
      expect(mistakes(lifetimes, layout, maxArenaBytes)).toEqual([]);
      expect(total(layout)).toBeGreaterThanOrEqual(lowerBound(lifetimes));
      if (layout.arenas.length > 1) several++;
    }
    if (maxArenaBytes < 2 ** 20) expect(several).toBeGreaterThan(50);
    else expect(several).toBe(0);
  });

  test("needs at most a quarter more than the lower bound on average", () => {
    let ratio = 0;
    for (let seed = 0; seed < 100; seed++) {
      const lifetimes = draw(1000 + seed, 60, 40, 65536);
      ratio += total(layOut(lifetimes, 2 ** 30)) / lowerBound(lifetimes) / 100;
    }
    expect(ratio).toBeLessThan(1.25);
  });
});

describe("the memory layout", () => {
  test("of nothing is nothing", () => {
    expect(layOut([], 1024)).toEqual({ slices: [], arenas: [] });
    expect(lowerBound([])).toBe(0);
  });

  test("gives two tensors that follow one another the same place, and those that meet two", () => {
    const following = layOut(
      [
        { bytes: 512, first: 0, last: 1 },
        { bytes: 512, first: 2, last: 3 },
      ],
      1024,
    );
    expect(following).toEqual({
      slices: [
        { arena: 0, offset: 0 },
        { arena: 0, offset: 0 },
      ],
      arenas: [512],
    });
    // The dispatch that reads the one writes the other.
    const meeting = layOut(
      [
        { bytes: 512, first: 0, last: 2 },
        { bytes: 512, first: 2, last: 3 },
      ],
      1024,
    );
    expect(total(meeting)).toBe(1024);
  });

  test("counts as lower bound the most bytes alive at one dispatch", () => {
    const lifetimes = [
      { bytes: 100, first: 0, last: 2 },
      { bytes: 10, first: 1, last: 1 },
      { bytes: 1, first: 2, last: 9 },
      { bytes: 50, first: 3, last: 4 },
    ];
    expect(lowerBound(lifetimes)).toBe(110);
  });
});
