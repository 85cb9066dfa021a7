import { expect, test } from "vitest";
import { fromBfloat16, fromFloat16 } from "../../../src/data/formats/half-precision.ts";

const halves = Uint16Array.from({ length: 2 ** 16 }, (_, half) => half);

/** The value that IEEE 754 gives these bits: sign, exponent (`exponentBits`), fraction (`fractionBits`). */
function meaning(bits: number, exponentBits: number, fractionBits: number): number {
  const bias = 2 ** (exponentBits - 1) - 1;
  const sign = (-1) ** (bits >> (exponentBits + fractionBits));
  const exponent = (bits >> fractionBits) % 2 ** exponentBits;
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * 2 ** (1 - bias) * fraction : sign * 2 ** (exponent - bias) * (1 + fraction);
}

test("each of the 65,536 float16 numbers has the value of its bits", () => {
  expect(fromFloat16(halves)).toEqual(Float32Array.from(halves, (half) => meaning(half, 5, 10)));
});

test("each of the 65,536 bfloat16 numbers has the value of its bits", () => {
  expect(fromBfloat16(halves)).toEqual(Float32Array.from(halves, (half) => meaning(half, 8, 7)));
});
