import { describe, expect, test } from "vitest";
import { withNode } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import type { ConstantAttrs } from "../../src/graph/ops/constant.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { div } from "../../src/graph/ops/div.ts";
import { iota } from "../../src/graph/ops/iota.ts";
import { matmul } from "../../src/graph/ops/matmul.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { relu } from "../../src/graph/ops/relu.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { sub } from "../../src/graph/ops/sub.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { tanh } from "../../src/graph/ops/tanh.ts";
import { transpose } from "../../src/graph/ops/transpose.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { simplify } from "../../src/graph/passes/simplify.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { callsOf } from "../../src/graph/traverse.ts";

const x = variable("x", [3, 4]);
const y = variable("y", [3, 4]);

function simplified(root: Tensor): Tensor {
  return simplify([root]).get(root) as Tensor;
}

function opsOf(...roots: Tensor[]): string[] {
  return callsOf(roots).map(({ op }) => op.name);
}

function valuesOf(tensor: Tensor): ConstantAttrs["values"] | undefined {
  return tensor.call.op.name === "constant" ? (tensor.call.attrs as ConstantAttrs).values : undefined;
}

describe("common subexpressions", () => {
  test("become one call, through any depth", () => {
    const twice = add(tanh(mul(x, y)), tanh(mul(x, y)));
    expect(opsOf(simplified(twice))).toEqual(["variable", "variable", "mul", "tanh", "add"]);
  });

  test("of several roots are shared among them", () => {
    const roots = [relu(add(x, y)), tanh(add(x, y)), relu(add(x, y))] as const;
    const replaced = simplify(roots);
    const [a, b, c] = roots.map((root) => replaced.get(root)) as [Tensor, Tensor, Tensor];
    expect(c).toBe(a);
    expect(b.call.inputs[0]).toBe(a.call.inputs[0]);
  });

  test("are not made of calls that differ in attributes, order or variable", () => {
    const different = [
      add(x, y),
      sub(x, y),
      sub(y, x),
      sum(x, 0),
      sum(x, 1),
      sum(x, 1, true),
      transpose(x),
      reshape(x, [4, 3]),
      matmul(x, transpose(y)),
      matmul(y, transpose(x)),
    ];
    const replaced = simplify(different);
    expect(new Set(different.map((root) => replaced.get(root))).size).toBe(different.length);
  });

  test("are not made of constants that JSON writes alike", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0];
    const roots = values.map((value) => mul(x, value));
    const replaced = simplify(roots);
    for (const [k, root] of roots.entries()) {
      const result = replaced.get(root) as Tensor;
      expect(valuesOf(result.call.inputs[1] as Tensor)).toBe(values[k]);
    }
    const lists = [
      [1, Number.NaN, -0],
      [1, Number.POSITIVE_INFINITY, -0],
      [1, Number.NaN, 0],
    ].map((list) => constant(list, [3]));
    expect(new Set(simplify(lists).values()).size).toBe(3);
  });

  test("are not made of constants of another shape or dtype", () => {
    const constants = [constant(1, [2]), constant(1, [1, 2]), constant(1, [2], "i32"), constant(1, [2], "u32")];
    expect(new Set(simplify(constants).values()).size).toBe(4);
  });

  test("are made of variables of one name", () => {
    const a = add(variable("w", [2]), 1);
    const b = mul(variable("w", [2]), 2);
    const replaced = simplify([a, b]);
    expect(replaced.get(a)?.call.inputs[0]).toBe(replaced.get(b)?.call.inputs[0]);
  });
});

describe("constants", () => {
  test("are folded where all elements are the same, without being written out", () => {
    const folded = simplified(tanh(add(constant(0.5, [1000, 1000]), 0.25)));
    expect(valuesOf(folded)).toBe(Math.fround(Math.tanh(0.75)));
    expect(folded.shape).toEqual([1000, 1000]);
  });

  test("are folded element by element where they are few", () => {
    const folded = simplified(sum(mul(constant([1, 2, 3, 4], [2, 2]), constant([1, 10], [2])), 0));
    expect(valuesOf(folded)).toEqual([4, 60]);
  });

  test("are folded where positions matter", () => {
    expect(valuesOf(simplified(transpose(constant([1, 2, 3, 4, 5, 6], [2, 3]))))).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test("that are many, or positions, are computed on the GPU", () => {
    const many = constant(
      Array.from({ length: 5000 }, (_, k) => k),
      [5000],
    );
    expect(valuesOf(simplified(mul(many, 2)))).toBeUndefined();
    expect(valuesOf(simplified(add(iota([5000]), 1)))).toBeUndefined();
  });

  test("are rounded to float32, and whole numbers are not", () => {
    expect(valuesOf(simplified(div(constant(1), 3)))).toBe(Math.fround(1 / 3));
    expect(valuesOf(simplified(add(constant(16_777_217, [], "i32"), 1)))).toBe(16_777_218);
  });

  test("keep what is not finite", () => {
    expect(valuesOf(simplified(div(constant(-1), 0)))).toBe(Number.NEGATIVE_INFINITY);
    expect(valuesOf(simplified(div(constant(0), 0)))).toBeNaN();
  });
});

describe("identities", () => {
  test.each([
    ["x + 0", add(x, 0)],
    ["0 + x", add(0, x)],
    ["x − 0", sub(x, 0)],
    ["x · 1", mul(x, 1)],
    ["1 · x", mul(1, x)],
    ["x / 1", div(x, 1)],
    ["x reshaped to its own shape", reshape(x, [3, 4])],
    ["x reshaped and back", reshape(reshape(x, [12]), [3, 4])],
    ["x summed over no axes", sum(x, [])],
  ])("%s is x", (_, root) => {
    expect(simplified(root)).toBe(x);
  });

  test.each([
    ["0 − x", sub(0, x)],
    ["1 / x", div(1, x)],
    ["x · 0", mul(x, 0)],
    ["x + 0 of a larger shape", add(x, constant(0, [2, 3, 4]))],
  ])("%s is not x", (_, root) => {
    expect(simplified(root)).not.toBe(x);
    expect(simplified(root).shape).toEqual(root.shape);
  });
});

test("what no root depends on is gone", () => {
  const kept = add(x, 1);
  tanh(kept);
  expect(opsOf(simplified(kept))).toEqual(["variable", "constant", "add"]);
});

test("calls keep the canvas node they were made for", () => {
  const h = withNode("act_1", () => relu(add(x, constant(0))));
  expect(simplified(h).call).toMatchObject({ node: "act_1", op: { name: "relu" } });
  expect(simplified(h).call.inputs[0]).toBe(x);
});

test("a graph of thousands of calls is simplified without running out of stack", () => {
  let deep: Tensor = x;
  for (let k = 0; k < 20_000; k++) deep = add(deep, k % 7 === 0 ? 0 : y);
  expect(callsOf([simplified(deep)]).length).toBeLessThan(18_000);
});
