import { expect, test } from "vitest";
import { PixelNoise } from "../../src/data/pixel-noise.ts";
import { Random } from "../../src/data/random.ts";
import { type Outline, shapeOutlines } from "../../src/data/shape-outlines.ts";
import { StrokeDrawing } from "../../src/data/stroke-drawing.ts";

const SIZE = 28;

function draw(points: readonly number[], radius = 1, endRadius = radius): (column: number, row: number) => number {
  const drawing = new StrokeDrawing(SIZE);
  drawing.clear();
  drawing.stroke(points, radius, endRadius);
  return (column, row) => drawing.distances[row * SIZE + column] as number;
}

test("a straight stroke is as far from a pixel as geometry says", () => {
  const at = draw([5, 10.5, 20, 10.5], 1.5);
  // Middles of pixels are halves: (10, 12) is 2 below the line, (22, 10) 2.5 beyond its end.
  expect(at(10, 10)).toBeCloseTo(-1.5, 5);
  expect(at(10, 12)).toBeCloseTo(0.5, 5);
  expect(at(22, 10)).toBeCloseTo(1, 5);
  expect(at(21, 11)).toBeCloseTo(Math.hypot(1.5, 1) - 1.5, 5);
  expect(at(10, 20)).toBe(Number.POSITIVE_INFINITY);
});

test("a stroke grows from one width to the other", () => {
  const at = draw([4.5, 10.5, 24.5, 10.5], 1, 3);
  for (const [column, radius] of [
    [4, 1],
    [14, 2],
    [24, 3],
  ] as const) {
    expect(at(column, 10)).toBeCloseTo(-radius, 5);
  }
});

test("a stroke goes through its points, round or with a corner where one stands twice", () => {
  const points = [4.5, 20.5, 14.5, 4.5, 24.5, 20.5] as const;
  const [x, y, cornerX, cornerY, endX, endY] = points;
  const round = draw(points);
  const corner = draw([x, y, cornerX, cornerY, cornerX, cornerY, endX, endY]);
  for (const at of [round, corner]) {
    expect(at(4, 20)).toBeCloseTo(-1, 5);
    expect(at(14, 4)).toBeCloseTo(-1, 5);
    expect(at(24, 20)).toBeCloseTo(-1, 5);
  }
  expect(corner(9, 12)).toBeCloseTo(-1, 5);
  // Half way there the straight path is at (9.5, 12.5), the spline at (8.875, 11.5) with the tangent (11.25, −22): by
  // Catmull and Rom (9b + 9c − a − d) / 16 and so on, where the first point is its own neighbour.
  expect(round(9, 12)).toBeCloseTo((0.625 * 22 + 1 * 11.25) / Math.hypot(11.25, 22) - 1, 1);
});

test("strokes add to a drawing until it is cleared", () => {
  const drawing = new StrokeDrawing(SIZE);
  drawing.clear();
  drawing.stroke([5, 5, 20, 5], 1, 1);
  const before = drawing.distances.slice();
  drawing.stroke([5, 20, 20, 20], 1, 1);
  expect(drawing.distances.every((distance, k) => distance <= (before[k] as number))).toBe(true);
  drawing.clear();
  expect(drawing.distances.every((distance) => distance === Number.POSITIVE_INFINITY)).toBe(true);
});

test("noise has the deviation asked for and is cut off beyond black and white", () => {
  const noise = new PixelNoise(new Random(1, "test"));
  const values = new Float32Array(50_000).fill(0.5);
  const bytes = new Uint8Array(values.length + 1);
  noise.write(values, 0.05, bytes, 1);
  const errors = Array.from(bytes.subarray(1), (byte) => byte / 255 - 0.5);
  const variance = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
  expect(bytes[0]).toBe(0);
  // Rounding to bytes adds 1/12 of a step's square.
  expect(variance / (0.05 ** 2 + 1 / 12 / 255 ** 2)).toBeCloseTo(1, 1);
  noise.write(new Float32Array(10).fill(1), 0, bytes, 0);
  expect([...bytes.subarray(0, 10)]).toEqual(new Array(10).fill(255));
});

/** The area of what is inside, on a fine grid. */
function area(outline: Outline): number {
  const cells = 400;
  let inside = 0;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      if (outline((3 * (column + 0.5)) / cells - 1.5, (3 * (row + 0.5)) / cells - 1.5) < 0) inside++;
    }
  }
  return (inside * 9) / cells ** 2;
}

test.each([
  ["circle", Math.PI * 0.95 ** 2],
  ["ring", Math.PI * (0.97 ** 2 - 0.53 ** 2)],
  ["semicircle", Math.PI / 2],
  ["square", 2 * 1.15 ** 2],
  ["triangle", ((3 * Math.sqrt(3)) / 4) * 1.15 ** 2],
  // Ten triangles with the sides R and 0.42 R and 36° between them.
  ["star", 5 * 0.42 * 1.15 ** 2 * Math.sin(Math.PI / 5)],
  ["cross", 2 * 2 * 0.6 - 0.6 ** 2],
  ["arrow", 0.6 * 1.1 + 0.85 * 1],
] as const)("a %s has the area of one", (name, expected) => {
  expect(area(shapeOutlines[name]) / expected).toBeCloseTo(1, 2);
});

test("outlines tell how far they are: a step away from one is a step farther", () => {
  for (const outline of Object.values(shapeOutlines)) {
    for (let k = 0; k < 360; k += 10) {
      const [x, y] = [2 * Math.cos((k * Math.PI) / 180), 2 * Math.sin((k * Math.PI) / 180)];
      const step = 1e-4;
      const slopeX = (outline(x + step, y) - outline(x - step, y)) / (2 * step);
      const slopeY = (outline(x, y + step) - outline(x, y - step)) / (2 * step);
      expect(outline(x, y)).toBeGreaterThan(0);
      // Where two edges are as near the slope is less; nowhere is it more.
      expect(Math.hypot(slopeX, slopeY)).toBeLessThan(1.01);
      expect(Math.hypot(slopeX, slopeY)).toBeGreaterThan(0.7);
    }
  }
});
