import { describe, expect, it } from "vitest";
import { NdArray } from "../../src/graph/nd-array.ts";
import { isClose, isRelativelyClose, mismatch, ulpDistance } from "./compare.ts";

const MAX = 3.4028234663852886e38;
const MIN_NORMAL = 2 ** -126;
const EPSILON = 2 ** -23;
const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minusInf } = Number;

describe("ulpDistance", () => {
  it("counts the float32 values between two numbers", () => {
    expect(ulpDistance(1, 1)).toBe(0);
    expect(ulpDistance(1, 1 + EPSILON)).toBe(1);
    expect(ulpDistance(1, 1 - EPSILON / 2)).toBe(1);
    expect(ulpDistance(-1, -1 - 3 * EPSILON)).toBe(3);
    expect(ulpDistance(2 - EPSILON, 2 + 2 * EPSILON)).toBe(2);
  });

  it("rounds to float32 first", () => {
    expect(ulpDistance(0.1, Math.fround(0.1))).toBe(0);
    expect(ulpDistance(1 + EPSILON / 4, 1)).toBe(0);
  });

  it("holds both zeros and all subnormals for one value, next to the smallest normals", () => {
    expect(ulpDistance(0, -0)).toBe(0);
    expect(ulpDistance(1e-40, -1e-45)).toBe(0);
    expect(ulpDistance(0, MIN_NORMAL)).toBe(1);
    expect(ulpDistance(-MIN_NORMAL, MIN_NORMAL)).toBe(2);
  });

  it("takes what overflows for infinity, one past the largest value", () => {
    expect(ulpDistance(1e39, inf)).toBe(0);
    expect(ulpDistance(-1e300, minusInf)).toBe(0);
    expect(ulpDistance(MAX, inf)).toBe(1);
    expect(ulpDistance(inf, minusInf)).toBeGreaterThan(2 ** 31);
  });

  it("puts NaN beside NaN alone", () => {
    expect(ulpDistance(nan, nan)).toBe(0);
    expect(ulpDistance(nan, 0)).toBe(inf);
    expect(ulpDistance(inf, nan)).toBe(inf);
  });
});

describe("isClose", () => {
  it("takes the ULPs or the absolute distance", () => {
    expect(isClose(1 + 2 * EPSILON, 1, { ulp: 2 })).toBe(true);
    expect(isClose(1 + 3 * EPSILON, 1, { ulp: 2 })).toBe(false);
    expect(isClose(1e-6, 0, { ulp: 2 })).toBe(false);
    expect(isClose(1e-6, 0, { ulp: 2, absolute: 1e-6 })).toBe(true);
  });

  it("never takes one class for another, however wide the absolute distance", () => {
    const wide = { ulp: 4, absolute: inf };
    expect(isClose(nan, 1, wide)).toBe(false);
    expect(isClose(1, nan, wide)).toBe(false);
    expect(isClose(nan, inf, wide)).toBe(false);
    expect(isClose(inf, minusInf, { ulp: 4, absolute: 1 })).toBe(false);
    expect(isClose(1e38, 1e39, { ulp: 4, absolute: 1e30 })).toBe(false);
    expect(isClose(inf, 1e39, { ulp: 0 })).toBe(true);
    expect(isClose(nan, nan, { ulp: 0 })).toBe(true);
  });
});

describe("isRelativelyClose", () => {
  it("takes rtol of the reference plus atol, and classes", () => {
    expect(isRelativelyClose(1000.9, 1000, 1e-3, 1e-4)).toBe(true);
    expect(isRelativelyClose(1001.1, 1000, 1e-3, 1e-4)).toBe(false);
    expect(isRelativelyClose(9e-5, 0, 1e-3, 1e-4)).toBe(true);
    expect(isRelativelyClose(inf, 1e39, 1e-3, 1e-4)).toBe(true);
    expect(isRelativelyClose(1, inf, 1e-3, 1e-4)).toBe(false);
    expect(isRelativelyClose(nan, 1, 1e-3, 1e-4)).toBe(false);
    expect(isRelativelyClose(inf, minusInf, 1e-3, 1e-4)).toBe(false);
  });
});

describe("mismatch", () => {
  const exact = (a: number, b: number) => isClose(a, b, { ulp: 0 });

  it("says where, both values and their distance, and counts the rest", () => {
    const expected = new NdArray([2, 3], [0, 1, 2, 3, 4, 5]);
    const actual = new NdArray([2, 3], [0, 1, 2, 3, 4, 5 + 4 * EPSILON]);
    expect(mismatch(expected, expected, exact)).toBeUndefined();
    expect(mismatch(actual, expected, exact)).toBe(
      "at [1, 2] 5.000000476837158 on the GPU, 5 in the reference, 1 ULP apart",
    );
    const nothing = NdArray.zeros([2, 3]);
    expect(mismatch(nothing, expected, exact)).toContain("; 5 of 6 elements are off");
  });

  it("wants integers, shapes and dtypes equal", () => {
    const close = () => true;
    const i32 = (...data: number[]) => new NdArray([data.length], data, "i32");
    expect(mismatch(i32(1, 2), i32(1, 3), close)).toBe("at [1] 2 on the GPU, 3 in the reference");
    expect(mismatch(i32(1), i32(1, 2), close)).toBe("shape 1 on the GPU, 2 in the reference");
    expect(mismatch(i32(1), new NdArray([1], [1], "u32"), close)).toBe("dtype i32 on the GPU, u32 in the reference");
  });

  it("takes the value of flushed inputs too", () => {
    const [actual, expected] = [new NdArray([1], [minusInf]), new NdArray([1], [Math.log(1e-40)])];
    expect(mismatch(actual, expected, exact)).toBeDefined();
    expect(mismatch(actual, expected, exact, new NdArray([1], [minusInf]))).toBeUndefined();
  });
});
