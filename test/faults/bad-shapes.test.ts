import { describe, expect, test } from "vitest";
import { DescentError } from "../../src/errors.ts";
import { linearGrid } from "../../src/graph/codegen/grid.ts";
import { withNode } from "../../src/graph/op.ts";
import { add } from "../../src/graph/ops/add.ts";
import { broadcastTo } from "../../src/graph/ops/broadcast.ts";
import { clamp } from "../../src/graph/ops/clamp.ts";
import { constant } from "../../src/graph/ops/constant.ts";
import { embedding } from "../../src/graph/ops/embedding.ts";
import { groupNorm } from "../../src/graph/ops/group-norm.ts";
import { arange, iota } from "../../src/graph/ops/iota.ts";
import { matmulVariant } from "../../src/graph/ops/matmul-kernels.ts";
import { matmulProblem } from "../../src/graph/ops/matmul-problem.ts";
import { mul } from "../../src/graph/ops/mul.ts";
import { oneHot } from "../../src/graph/ops/one-hot.ts";
import { pad } from "../../src/graph/ops/pad.ts";
import { randomUniform } from "../../src/graph/ops/random-uniform.ts";
import { reshape } from "../../src/graph/ops/reshape.ts";
import { split } from "../../src/graph/ops/split.ts";
import { sum } from "../../src/graph/ops/sum.ts";
import { variable } from "../../src/graph/ops/variable.ts";
import { HARDWARE } from "../ops/profiles.ts";

type Fault = readonly [what: string, build: () => unknown, op: string, message: RegExp];

/** Each fault is a "shape" error that names op and canvas node, the values and the cure. */
function refused(faults: readonly Fault[]): void {
  test.each(faults)("%s", (_, build, op, message) => {
    let error: unknown;
    try {
      withNode("node_1", build);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(DescentError);
    expect(error).toMatchObject({ kind: "shape", op, node: "node_1" });
    expect((error as DescentError).message).toMatch(message);
  });
}

const x = variable("x", [2, 6]);
const whole = variable("i", [3], "i32");
const natural = variable("u", [3], "u32");
const key = { seed: variable("seed", [], "u32"), step: variable("step", [], "u32"), stream: 1 };

describe("a constant is refused", () => {
  refused([
    ["with too few values", () => constant([1, 2, 3], [24]), "constant", /3 values.*24.*give 24 values/],
    ["with too many values", () => constant(new Array(500).fill(1), [24]), "constant", /500 values.*24/],
    ["with values for no element", () => constant([1], [0, 2]), "constant", /1 value .*0×2.*give 0 values/],
    ["of a fraction among integers", () => constant([1, 1.5], [2], "i32"), "constant", /1\.5 is not an i32.*whole/],
    ["of one fraction for all", () => constant(1.5, [], "i32"), "constant", /1\.5 is not an i32/],
    ["that is NaN", () => constant(Number.NaN, [], "i32"), "constant", /NaN is not an i32/],
    ["that is infinite", () => constant(Number.POSITIVE_INFINITY, [], "u32"), "constant", /Infinity is not a u32/],
    ["below the range of u32", () => constant(-1, [], "u32"), "constant", /-1 is not a u32.*0 to 4294967295/],
    ["above the range of u32", () => constant(2 ** 32, [], "u32"), "constant", /4294967296 is not a u32/],
    ["above the range of i32", () => constant(2 ** 31, [], "i32"), "constant", /2147483648 is not an i32.*2147483647/],
    ["as a number beside an integer tensor", () => add(whole, 0.5), "constant", /0\.5 is not an i32.*cast/],
  ]);

  test("but not at the ends of its range, nor for a float that is not finite", () => {
    expect(constant([-(2 ** 31), 2 ** 31 - 1], [2], "i32").shape).toEqual([2]);
    expect(constant([0, 2 ** 32 - 1], [1, 2], "u32").shape).toEqual([1, 2]);
    expect(constant([Number.NaN, Number.NEGATIVE_INFINITY], [2]).dtype).toBe("f32");
    expect(constant([], [0, 3]).shape).toEqual([0, 3]);
  });
});

describe("a dimension is refused", () => {
  refused([
    ["that is no whole number", () => variable("h", [2, 1.5]), "variable", /\[2, 1\.5\].*1\.5.*whole number/],
    ["that is negative", () => variable("h", [-3]), "variable", /-3.*at least 0/],
    ["that is NaN", () => variable("h", [Number.NaN]), "variable", /NaN/],
    ["that is infinite", () => variable("h", [Number.POSITIVE_INFINITY, 0]), "variable", /Infinity/],
    ["of a random draw", () => randomUniform([-2], key), "randomUniform", /-2/],
    ["of iota", () => iota([-2]), "iota", /-2/],
    ["of arange", () => arange(2.5), "iota", /2\.5/],
    ["of a broadcast", () => broadcastTo(variable("s"), [-1]), "broadcast", /-1/],
    ["of a constant", () => constant(0, [-1]), "constant", /-1/],
  ]);
});

describe("a tensor of more elements than a u32 counts is refused", () => {
  const column = variable("a", [2 ** 17, 1]);
  refused([
    [
      "as a product",
      () => sum(mul(column, variable("b", [1, 2 ** 17]))),
      "mul",
      /131072×131072.*17179869184.*4294967295/,
    ],
    ["as a variable", () => variable("w", [2 ** 16, 2 ** 16]), "variable", /4294967296 elements/],
    ["as one-hot rows", () => oneHot(variable("ids", [2 ** 20], "u32"), 2 ** 13), "oneHot", /1048576×8192/],
    ["with a dimension of no index", () => variable("w", [2 ** 32, 0]), "variable", /4294967296×0/],
  ]);

  test("but not at the limit", () => {
    expect(variable("w", [2 ** 16 + 1, 2 ** 16 - 1]).shape).toEqual([65537, 65535]);
    expect(variable("w", [2 ** 20, 2 ** 20, 0]).shape).toEqual([2 ** 20, 2 ** 20, 0]);
  });
});

describe("arguments that do not fit are refused", () => {
  const images = variable("x", [2, 4, 4, 6]);
  const table = variable("t", [5, 3]);
  const border = [[1, 1]] as const;
  refused([
    ["split into no parts", () => split(x, 0, 1), "split", /0 parts.*size 6.*at least 1/],
    ["split into a fraction of parts", () => split(x, 2.5, 1), "split", /2\.5 parts.*whole/],
    ["split into parts that are not whole", () => split(x, 4, 1), "split", /size 6.*4 parts.*divides/],
    ["split into sizes that leave a rest", () => split(x, [1, 2], 1), "split", /1, 2.*come to 3.*6/],
    ["split into sizes that are too much", () => split(x, [4, 3], -1), "split", /4, 3.*come to 7.*6/],
    ["split into a negative size", () => split(x, [7, -1], 1), "split", /7, -1.*whole/],
    ["split along no axis", () => split(x, 2, 2), "split", /no axis 2/],
    ["groupNorm whose groups do not divide", () => groupNorm(images, 4), "groupNorm", /6 channels.*4 groups.*divides/],
    ["groupNorm of no group", () => groupNorm(images, 0), "groupNorm", /6 channels.*0 groups/],
    ["groupNorm of a fraction", () => groupNorm(images, 1.5), "groupNorm", /6 channels.*1\.5 groups/],
    [
      "groupNorm with a scale of other channels",
      () => groupNorm(images, 2, { scale: variable("g", [4]) }),
      "groupNorm",
      /scale.*4.*6 channels/,
    ],
    ["pad of u32 with a negative border", () => pad(natural, border, -1), "pad", /-1 is not a u32/],
    ["pad of i32 with a fraction", () => pad(whole, border, 1.5), "pad", /1\.5 is not an i32/],
    [
      "pad of f32 with NaN",
      () =>
        pad(
          x,
          [
            [1, 1],
            [0, 0],
          ],
          Number.NaN,
        ),
      "pad",
      /NaN is not a finite number/,
    ],
    ["embedding of float ids", () => embedding(table, x), "embedding", /ids.*f32.*i32 or u32/],
    ["embedding from no table", () => embedding(variable("s"), natural), "embedding", /table.*scalar.*rows/],
    ["clamp with its bounds turned round", () => clamp(x, 3, 1), "clamp", /3 to 1.*low/],
    ["clamp from NaN", () => clamp(x, Number.NaN, 1), "clamp", /NaN to 1/],
    ["clamp to NaN", () => clamp(x, 0, Number.NaN), "clamp", /0 to NaN/],
    ["clamp from infinity", () => clamp(x, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), "clamp", /Infinity/],
    ["reshape with two unknowns", () => reshape(x, [-1, -1]), "reshape", /2×6.*\[-1, -1\].*at most one size may be -1/],
    ["reshape to a rest that is not whole", () => reshape(x, [5, -1]), "reshape", /12 elements.*5/],
    ["reshape to a fraction", () => reshape(x, [1.5, 8]), "reshape", /1\.5/],
  ]);
});

describe("a grid of workgroups", () => {
  test("is spread evenly where one dimension is too short for it, as wide as the device says", () => {
    expect(linearGrid(0, HARDWARE)).toEqual([1, 1, 1]);
    expect(linearGrid(65535, HARDWARE)).toEqual([65535, 1, 1]);
    expect(linearGrid(70_000, HARDWARE)).toEqual([35_000, 2, 1]);
    expect(linearGrid(70_000, { ...HARDWARE, maxWorkgroups: 2 ** 17 })).toEqual([70_000, 1, 1]);
  });

  test("is that of the device for a matmul as well", () => {
    const problem = matmulProblem([70_000 * 32, 4], [4, 32], { transposeA: false, transposeB: false });
    expect(matmulVariant("tile-32", problem, HARDWARE).workgroups).toEqual([35_000, 2, 1]);
    const wide = { ...HARDWARE, maxWorkgroups: 2 ** 17 };
    expect(matmulVariant("tile-32", problem, wide).workgroups).toEqual([70_000, 1, 1]);
  });
});
