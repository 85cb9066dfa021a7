import { describe, expect, it } from "vitest";
import { sizeOf } from "../../src/graph/tensor.ts";
import { createRandom } from "./random.ts";

describe("createRandom", () => {
  it("draws the same from the same seed, and something else from another", () => {
    const draw = (seed: string) => createRandom(seed).uniform([4]).data;
    expect(draw("matmul")).toEqual(draw("matmul"));
    expect(draw("matmul")).not.toEqual(draw("conv2d"));
  });

  it("spreads its draws evenly", () => {
    const random = createRandom(1);
    const counts = new Array<number>(10).fill(0);
    for (let k = 0; k < 10_000; k++) counts[random.integer(0, 9)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("meets sizes 0, 1, odd, round 64 and round 256 in fifty shapes, and keeps to the elements", () => {
    const random = createRandom("sizes");
    const shapes = Array.from({ length: 50 }, () => random.shape(3, 4096, true));
    const sizes = new Set(shapes.flat());
    for (const size of [0, 1, 3, 63, 64, 65]) expect(sizes).toContain(size);
    expect([255, 256, 257].some((size) => sizes.has(size))).toBe(true);
    for (const shape of shapes) expect(sizeOf(shape)).toBeLessThanOrEqual(4096);
    expect(Array.from({ length: 200 }, () => random.size(9))).not.toContain(0);
    expect(Math.max(...Array.from({ length: 200 }, () => random.size(9)))).toBe(9);
  });

  it("rounds to float32 and stays in the range", () => {
    const { data } = createRandom(2).uniform([5000], 0.1, 0.3);
    for (const value of data) {
      expect(Math.fround(value)).toBe(value);
      expect(value).toBeGreaterThanOrEqual(0.1);
      expect(value).toBeLessThan(0.3);
    }
  });

  it("draws whole numbers with both ends, and distinct values a gap apart", () => {
    const random = createRandom(3);
    expect(new Set(random.integers([200], -1, 2).data)).toEqual(new Set([-1, 0, 1, 2]));
    expect(random.integers([2], 0, 5, "u32").dtype).toBe("u32");
    const sorted = [...random.distinct([101], 0.5).data].sort((a, b) => a - b);
    for (let k = 1; k < sorted.length; k++) expect(sorted[k]! - sorted[k - 1]!).toBe(0.5);
  });
});
