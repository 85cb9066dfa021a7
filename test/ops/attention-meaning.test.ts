import { describe, expect, test } from "vitest";
import { interpret } from "../../src/graph/interpreter.ts";
import type { NdArray } from "../../src/graph/nd-array.ts";
import { attention, attentionOp } from "../../src/graph/ops/attention.ts";
import { composeAttention } from "../../src/graph/ops/attention-composition.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { rotary } from "../../src/graph/ops/rotary.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { createRandom } from "./random.ts";

const valuesOf = (tensor: Tensor): number[] => [...(interpret([tensor])[0] as NdArray).data];

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [k, value] of actual.entries()) expect(value).toBeCloseTo(expected[k] as number, 6);
}

/** Keys of equal score, so that a query's result is the mean of the values it sees. */
const equalKeys = (count: number) => constant(0, [1, 1, count, 1]);
const values = (...list: number[]) => constant(list, [1, 1, list.length, 1]);

describe("attention", () => {
  test("is the mean of the values where all scores are equal", () => {
    expectNear(valuesOf(attention(equalKeys(2), equalKeys(3), values(3, 6, 9))), [6, 6]);
  });

  test("weighs by the softmax of scaled scores", () => {
    const y = attention(constant([2], [1, 1, 1, 1]), values(0, Math.log(3)), values(0, 1), { scale: 0.5 });
    expectNear(valuesOf(y), [0.75]);
  });

  test("is causal with both sequences ending together", () => {
    const causal = (queries: number, ...list: number[]) =>
      valuesOf(attention(equalKeys(queries), equalKeys(list.length), values(...list), { causal: true }));
    expectNear(causal(3, 3, 6, 9), [3, 4.5, 6]);
    expectNear(causal(1, 3, 6, 9), [6]);
    expectNear(causal(4, 3, 6), [0, 0, 3, 4.5]);
  });

  test("hides padding by mask, by length and by both", () => {
    const keep = constant([1, 0, 1], [1, 3], "u32");
    const lengths = constant([2], [1], "i32");
    const hidden = (options: object) => valuesOf(attention(equalKeys(1), equalKeys(3), values(3, 6, 9), options));
    expectNear(hidden({ keep }), [6]);
    expectNear(hidden({ lengths }), [4.5]);
    expectNear(hidden({ keep, lengths }), [3]);
  });

  test("gives zeros to a query that sees no key", () => {
    const keep = constant(0, [1, 2], "u32");
    expectNear(valuesOf(attention(equalKeys(2), equalKeys(2), values(5, 7), { keep })), [0, 0]);
  });

  test("serves neighbouring query heads from one key head", () => {
    const v = constant([1, 2], [1, 2, 1, 1]);
    expectNear(valuesOf(attention(constant(0, [1, 4, 1, 1]), constant(0, [1, 2, 1, 1]), v)), [1, 1, 2, 2]);
  });

  test("means the same composed of matrix products", () => {
    const random = createRandom("attention");
    const draw = (...shape: number[]) => constant([...random.uniform(shape).data], shape);
    const keep = constant([...random.integers([2, 7], 0, 1, "u32").data], [2, 7], "u32");
    const [q, k, v] = [draw(2, 4, 5, 3), draw(2, 2, 7, 3), draw(2, 2, 7, 3)];
    const attrs = { causal: true, scale: 0.5 };
    const composed = composeAttention([q, k, v, keep], attrs);
    const [y, lse] = attentionOp.reference(interpret([q, k, v, keep]), attrs) as [NdArray, NdArray];
    expectNear(valuesOf(composed[0]), [...y.data]);
    expectNear(valuesOf(composed[1]), [...lse.data]);
  });

  test.each([
    [[1, 3, 2, 4], [1, 2, 2, 4], [1, 2, 2, 4], "3 query heads do not share 2 key heads evenly"],
    [[1, 2, 2, 4], [1, 2, 2, 5], [1, 2, 2, 5], "differ in batch or features"],
    [[1, 2, 2, 4], [1, 2, 2, 4], [1, 2, 3, 4], "give one value of equal size a key"],
    [[2, 2, 4], [1, 2, 2, 4], [1, 2, 2, 4], "give (batch, heads, positions, features)"],
  ])("refuses q %o, k %o, v %o", (q, k, v, message) => {
    expect(() => attention(constant(0, q), constant(0, k), constant(0, v))).toThrow(message);
  });
});

describe("rotary positions", () => {
  const angle = 3 * 100 ** (-2 / 4); // position 3, pair 1 of 2, base 100
  const turned = (a: number, b: number, by: number) => [
    a * Math.cos(by) - b * Math.sin(by),
    a * Math.sin(by) + b * Math.cos(by),
  ];
  const [p0, p1] = [turned(1, 3, 3), turned(2, 4, angle)] as [number[], number[]];
  const [n0, n1] = [turned(1, 2, 3), turned(3, 4, angle)] as [number[], number[]];

  test("turn the halves of the features by default", () => {
    const y = rotary(constant([1, 2, 3, 4], [1, 4]), { base: 100, offset: 3 });
    expectNear(valuesOf(y), [p0[0], p1[0], p0[1], p1[1]] as number[]);
  });

  test("turn neighbouring features where interleaved", () => {
    const y = rotary(constant([1, 2, 3, 4], [1, 4]), { base: 100, offset: 3, interleaved: true });
    expectNear(valuesOf(y), [...n0, ...n1]);
  });

  test("leave the product of two rows to depend on their distance alone", () => {
    const random = createRandom("rotary");
    const [a, b] = [random.uniform([1, 6]), random.uniform([1, 6])];
    const product = (i: number, j: number) => {
      const x = valuesOf(rotary(constant([...a.data], [1, 6]), { offset: i }));
      const y = valuesOf(rotary(constant([...b.data], [1, 6]), { offset: j }));
      return x.reduce((sum, value, k) => sum + value * (y[k] as number), 0);
    };
    expect(product(3, 8)).toBeCloseTo(product(103, 108), 5);
  });

  test("refuse an odd number of features", () => {
    expect(() => rotary(constant(0, [2, 3]))).toThrow("3 features do not make pairs");
  });
});
