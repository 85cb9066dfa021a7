import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { dropout } from "../../src/graph/ops/dropout.ts";
import { permutation, permutationAt } from "../../src/graph/ops/permutation.ts";
import { randomNormal } from "../../src/graph/ops/random-normal.ts";
import { randomUniform } from "../../src/graph/ops/random-uniform.ts";
import { permuted, threefry } from "../../src/graph/random.ts";
import type { Tensor } from "../../src/graph/tensor.ts";

const keyOf = (seed: number, step = 0, stream = 3) => ({
  seed: constant(seed, [], "u32"),
  step: constant(step, [], "u32"),
  stream,
});

const valuesOf = (tensor: Tensor): number[] => [...(interpret([tensor])[0] as NdArray).data];

/** Σ (observed − expected)² / expected. */
function chiSquare(counts: readonly number[], total: number): number {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Bound that a true uniform draw passes with a probability of about 1 − 10⁻⁷: mean plus six deviations. */
const chiSquareBound = (cells: number) => cells - 1 + 6 * Math.sqrt(2 * (cells - 1));

describe("threefry", () => {
  // tests/kat_vectors of Random123 (D. E. Shaw Research): counter, key, result of threefry2x32 with 20 rounds.
  test.each([
    [
      [0x00000000, 0x00000000],
      [0x00000000, 0x00000000],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x243f6a88, 0x85a308d3],
      [0x13198a2e, 0x03707344],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)("of counter %o and key %o gives the published words", ([c0, c1], [k0, k1], words) => {
    expect(threefry(k0, k1, c0, c1)).toEqual(words);
  });
});

describe("a permutation", () => {
  test.each([0, 1, 2, 3, 7, 64, 1000, 60000])("of %i elements holds each once", (n) => {
    for (const seed of [0, 1, 0xffffffff]) {
      const order = valuesOf(permutation(n, keyOf(seed)));
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
    }
  });

  test.each([2, 3, 7, 64])("of %i elements sends every position anywhere equally often", (n) => {
    const draws = 300 * n;
    const counts = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let seed = 0; seed < draws; seed++) {
      for (let position = 0; position < n; position++) {
        const row = counts[position] as number[];
        const place = permuted(position, n, ...threefry(seed, 0, 0, 0));
        row[place] = (row[place] as number) + 1;
      }
    }
    for (const row of counts) expect(chiSquare(row, draws)).toBeLessThan(chiSquareBound(n));
  });

  test.each([3, 4])("of %i elements takes all orders equally often", (n) => {
    const draws = 12_000;
    const counts = new Map<string, number>();
    for (let seed = 0; seed < draws; seed++) {
      const key = threefry(seed, 1, 0, 0);
      const order = Array.from({ length: n }, (_, position) => permuted(position, n, ...key)).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const orders = n === 3 ? 6 : 24;
    expect(counts.size).toBe(orders);
    expect(chiSquare([...counts.values()], draws)).toBeLessThan(chiSquareBound(orders));
  });

  test("leaves about one element in its place, and neighbours do not stay neighbours", () => {
    const order = valuesOf(permutation(60000, keyOf(9)));
    expect(order.filter((element, position) => element === position).length).toBeLessThan(8);
    expect(order.filter((element, position) => element === (order[position - 1] ?? -9) + 1).length).toBeLessThan(8);
  });

  test("is another one at every epoch, seed and stream", () => {
    const orders = [keyOf(1), keyOf(1, 1), keyOf(2), keyOf(1, 0, 4)].map((key) => valuesOf(permutation(1000, key)));
    for (const [k, order] of orders.entries()) {
      for (const other of orders.slice(k + 1)) {
        expect(order.filter((element, position) => element === other[position]).length).toBeLessThan(8);
      }
    }
  });

  test("is the same found whole or at single positions, which wrap round", () => {
    const whole = valuesOf(permutation(10, keyOf(5)));
    const positions = constant([3, 9, 13, 0], [2, 2], "u32");
    expect(valuesOf(permutationAt(positions, 10, keyOf(5)))).toEqual([whole[3], whole[9], whole[3], whole[0]]);
  });
});

describe("random numbers", () => {
  const COUNT = 20_000;

  test("of the uniform distribution fill their range evenly and stay inside", () => {
    const values = valuesOf(randomUniform([COUNT], keyOf(1), -2, 3));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(3);
    const counts = new Array<number>(50).fill(0);
    for (const value of values) {
      const cell = Math.floor((value + 2) * 10);
      counts[cell] = (counts[cell] as number) + 1;
    }
    expect(chiSquare(counts, COUNT)).toBeLessThan(chiSquareBound(50));
  });

  test("of the normal distribution have its moments and tails", () => {
    const values = valuesOf(randomNormal([COUNT], keyOf(2), 1, 0.5)).map((value) => (value - 1) / 0.5);
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / COUNT;
    expect(Math.abs(moment(1))).toBeLessThan(0.035);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.05);
    expect(Math.abs(moment(3))).toBeLessThan(0.15);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.35);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("dropout", () => {
  const x = constant([1, -2, Number.NaN, Number.POSITIVE_INFINITY, -0], [5]);

  test("at rate 0 is the identity", () => {
    expect(valuesOf(dropout(x, 0, keyOf(1)))).toEqual(valuesOf(x));
  });

  test("at rate 1 is zero everywhere", () => {
    expect(valuesOf(dropout(x, 1, keyOf(1)))).toEqual([0, 0, 0, 0, 0]);
  });

  test("keeps the expected share and the mean", () => {
    const values = valuesOf(dropout(constant(1, [20_000]), 0.25, keyOf(1)));
    const kept = values.filter((value) => value !== 0);
    expect(Math.abs(kept.length / values.length - 0.75)).toBeLessThan(0.015);
    expect(kept.every((value) => Math.abs(value - 4 / 3) < 1e-12)).toBe(true);
  });
});
