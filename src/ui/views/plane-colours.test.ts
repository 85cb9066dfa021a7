import { expect, test } from "vitest";
import { cssColour, grey } from "../pixels/ramp.ts";
import { classPicture, classShares, surfacePicture, valueBetween } from "./plane-colours.ts";

const line = { rows: 1, columns: 2, outputs: 1, values: [0, 1] };

test("between two points of the grid lies what is between their values", () => {
  expect(valueBetween(line, 0, 0.25, 0)).toBeCloseTo(0.25);
  expect(valueBetween(line, -1, -1, 0)).toBe(0);
  expect(valueBetween(line, 5, 5, 0)).toBe(1);
});

test("a sure class has a strong colour and an undecided place none", () => {
  const plane = { rows: 1, columns: 2, outputs: 2, values: [1, 0, 0.5, 0.5] };
  const colourOf = classPicture(plane, 1, false, "light");
  expect(cssColour(colourOf(1))).toBe("rgb(243 243 241)");
  expect(colourOf(0)).not.toBe(colourOf(1));
});

test("discretized, places of the same class look the same however sure the model is", () => {
  const plane = { rows: 1, columns: 2, outputs: 2, values: [1, 0, 0.6, 0.4] };
  const colourOf = classPicture(plane, 1, true, "light");
  expect(colourOf(0)).toBe(colourOf(1));
});

test("shares of the plane add up to 1", () => {
  const plane = { rows: 2, columns: 2, outputs: 3, values: [1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1] };
  expect(classShares(plane)).toEqual([0.25, 0.5, 0.25]);
});

test("a surface has the ramp's ends at the range's ends, and eight bands when discretized", () => {
  expect(cssColour(surfacePicture(line, 1, [0, 1], grey, false)(0))).toBe("rgb(0 0 0)");
  expect(cssColour(surfacePicture(line, 1, [0, 1], grey, false)(1))).toBe("rgb(255 255 255)");
  const plane = { rows: 1, columns: 100, outputs: 1, values: Array.from({ length: 100 }, (_, k) => k / 99) };
  const bands = surfacePicture(plane, 1, [0, 1], grey, true);
  expect(new Set(Array.from({ length: 100 }, (_, k) => bands(k))).size).toBe(8);
});
