import { describe, expect, test } from "vitest";
import { gradient } from "../gradient.ts";
import { interpret } from "../interpreter.ts";
import { NdArray } from "../nd-array.ts";
import { apply } from "../op.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import { callsOf } from "../traverse.ts";
import { embedding } from "./embedding.ts";
import { matmul, matmulOp } from "./matmul.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";
import { variable } from "./variable.ts";

const ids = variable("ids", [4, 6], "i32");
const table = variable("table", [5, 3]);

function valuesOf(tensor: Tensor, next: (k: number) => number): NdArray {
  return new NdArray(
    tensor.shape,
    Array.from({ length: sizeOf(tensor.shape) }, (_, k) => next(k)),
    tensor.dtype,
  );
}

describe.each([
  ["(B, T, C) rows", [3, 2], false, (x: Tensor) => x],
  ["rows laid out flat", [3, 2], false, (x: Tensor) => reshape(x, [24, 3])],
  ["a transposed kernel", [2, 3], true, (x: Tensor) => x],
] as const)("a product of an embedding with %s", (_, shape, transposeB, arrange) => {
  const w = variable("w", shape);
  const x = arrange(embedding(table, ids));
  const plain = apply(matmulOp, [x, w], { transposeA: false, transposeB });
  const gathered = matmul(x, w, { transposeB });
  const feed = new Map([
    [ids, valuesOf(ids, (k) => ((7 * k) % 8) - 1)], // both ends of the range are passed
    [table, valuesOf(table, (k) => Math.sin(k))],
    [w, valuesOf(w, (k) => Math.cos(3 * k))],
  ]);

  test("multiplies each row of the table once", () => {
    const products = callsOf([gathered]).filter(({ op }) => op.name === "matmul");
    expect(products.map(({ outputs }) => outputs[0]?.shape)).toEqual([[5, 2]]);
    expect(gathered.shape).toEqual(plain.shape);
  });

  test("has the same values and gradients", () => {
    const all = [plain, gathered].flatMap((y) => [y, ...gradient(sum(mul(y, y)), [table, w])]);
    const results = interpret(all, feed);
    for (let k = 0; k < 3; k++) {
      const [expected, got] = [results[k] as NdArray, results[k + 3] as NdArray];
      for (const [at, value] of got.data.entries()) expect(value).toBeCloseTo(expected.at(at), 10);
    }
  });
});

test("a table with more rows than are taken from it is not multiplied as a whole", () => {
  const long = variable("long", [100, 3]);
  expect(matmul(embedding(long, ids), variable("w", [3, 2])).call.op.name).toBe("matmul");
});

test("a kernel that does not fit is refused with the shape of the rows, not of the table", () => {
  expect(() => matmul(embedding(table, ids), variable("w", [4, 2]))).toThrow("4×6×3");
});
