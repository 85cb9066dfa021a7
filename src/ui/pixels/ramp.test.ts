import { expect, test } from "vitest";
import { colourAt, cssColour, diverging, grey, packed, parsedColour, viridis } from "./ramp.ts";

test("a ramp goes from its first colour to its last, and values beyond have those", () => {
  expect(cssColour(colourAt(grey, 0))).toBe("rgb(0 0 0)");
  expect(cssColour(colourAt(grey, 1))).toBe("rgb(255 255 255)");
  expect(colourAt(viridis, -3)).toBe(viridis[0]);
  expect(colourAt(viridis, 7)).toBe(viridis[255]);
});

test("the middle of the diverging ramp is near white", () => {
  const middle = colourAt(diverging, 0.5);
  for (const part of [middle & 255, (middle >> 8) & 255, (middle >> 16) & 255]) expect(part).toBeGreaterThan(235);
});

test("viridis grows lighter all the way", () => {
  const lightness = Array.from(viridis, (c) => 0.21 * (c & 255) + 0.72 * ((c >> 8) & 255) + 0.07 * ((c >> 16) & 255));
  expect(lightness.every((value, k) => k === 0 || value >= (lightness[k - 1] as number) - 1)).toBe(true);
});

test("what is not a number is clear", () => {
  expect(colourAt(viridis, Number.NaN)).toBe(0);
});

test("colours are packed as a pixel lies in memory", () => {
  expect(packed(parsedColour("#1a2b3c"))).toBe(0xff3c2b1a);
  expect(cssColour(packed([1, 2, 3]))).toBe("rgb(1 2 3)");
});
