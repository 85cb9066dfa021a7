import { describe, expect, test } from "vitest";
import { drawOf, filled, hash } from "../../src/nn/initializer.ts";

describe("the hash of a name", () => {
  // Test vectors of FNV-1a, 32 bits, in the authors' draft-eastlake-fnv.
  test.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["b", 0xe70c2de5],
    ["foobar", 0xbf9cf968],
  ])("%j is FNV-1a's", (name, value) => {
    expect(hash(name)).toBe(value);
  });

  test("goes by the UTF-16 units where they are no bytes", () => {
    const step = (value: bigint, unit: number) => ((value ^ BigInt(unit)) * 0x01000193n) & 0xffffffffn;
    const units = [..."层🙂"].flatMap((c) => Array.from({ length: c.length }, (_, k) => c.charCodeAt(k)));
    expect(units).toHaveLength(3);
    expect(hash("层🙂")).toBe(Number(units.reduce(step, 0x811c9dc5n)));
  });
});

/** Threefry-2x32-20 as the paper has it (Salmon et al., 2011), in whole numbers of any size. */
function plainThreefry(key: readonly [bigint, bigint], counter: readonly [bigint, bigint]): [bigint, bigint] {
  const words = 2n ** 32n;
  const schedule = [...key, key[0] ^ key[1] ^ 0x1bd11bdan];
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n];
  let [a, b] = [(counter[0] + key[0]) % words, (counter[1] + key[1]) % words];
  for (let round = 0; round < 20; round++) {
    const turn = rotations[round % 8] as bigint;
    a = (a + b) % words;
    b = (((b << turn) | (b >> (32n - turn))) % words) ^ a;
    if (round % 4 !== 3) continue;
    const group = (round + 1) / 4;
    a = (a + (schedule[group % 3] as bigint)) % words;
    b = (b + (schedule[(group + 1) % 3] as bigint) + BigInt(group)) % words;
  }
  return [a, b];
}

describe("the random numbers of a parameter", () => {
  const cases = [
    [1, "dense.kernel", 0],
    [1, "dense.kernel", 1],
    [0, "conv_1.bias", 65535],
    [2 ** 32 - 1, "层.kernel", 2 ** 31],
    [12345, "a", 2 ** 32 - 1],
  ] as const;
  const wordsOf = (seed: number, name: string, position: number) =>
    plainThreefry([BigInt(seed), BigInt(hash(name))], [BigInt(position), 0n]).map(Number) as [number, number];

  test("stand on Threefry: the paper's own answers", () => {
    const pi = plainThreefry([0x13198a2en, 0x03707344n], [0x243f6a88n, 0x85a308d3n]);
    expect([plainThreefry([0n, 0n], [0n, 0n]), pi]).toEqual([
      [0x6b200159n, 0x99ba4efen],
      [0xc4923a9cn, 0x483df7a0n],
    ]);
  });

  test.each(cases)("uniform: seed %i, %s, position %i: the upper 24 bits of the first word", (seed, name, position) => {
    const [first] = wordsOf(seed, name, position);
    expect(drawOf(seed, name).uniform(position)).toBe(Math.floor(first / 2 ** 8) / 2 ** 24);
  });

  test.each(cases)("normal: seed %i, %s, position %i: Box and Muller of both words", (seed, name, position) => {
    const [u, v] = wordsOf(seed, name, position).map((word) => Math.floor(word / 2 ** 8) / 2 ** 24) as [number, number];
    const expected = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * (v - 0.5));
    expect(Math.fround(drawOf(seed, name).normal(position))).toBeCloseTo(Math.fround(expected), 6);
  });

  test("are others for another seed, name or position", () => {
    const values = [drawOf(1, "a"), drawOf(2, "a"), drawOf(1, "b")].flatMap((draw) => [
      draw.uniform(0),
      draw.uniform(1),
    ]);
    expect(new Set(values).size).toBe(6);
  });
});

test("filled gives the shape as many of one number", () => {
  expect(filled(0.5)([2, 3], drawOf(1, "x"))).toEqual(Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
  expect(filled(7)([], drawOf(1, "x"))).toEqual(Float32Array.of(7));
  expect(filled(7)([0, 3], drawOf(1, "x"))).toEqual(new Float32Array(0));
});
