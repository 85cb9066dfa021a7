import { expect, test } from "vitest";
import { drawnImage } from "./pen-drawing.ts";

const SIZE = 28;

/** The first and last row and column that hold ink. */
function boxOf(image: Float32Array) {
  const rows: number[] = [];
  const columns: number[] = [];
  for (const [pixel, value] of image.entries()) {
    if (value < 0.3) continue;
    rows.push(Math.floor(pixel / SIZE));
    columns.push(pixel % SIZE);
  }
  return {
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
  };
}

const draw = (...strokes: number[][]) => drawnImage({ strokes, radius: 1.25, ground: undefined }, SIZE, SIZE);

test("nothing drawn is black", () => {
  expect(draw().every((value) => value === 0)).toBe(true);
});

test("a small line in a corner becomes as high as the data's digits, in the middle", () => {
  const { top, bottom, left, right } = boxOf(draw([0.1, 0.1, 0.1, 0.3]));
  expect(bottom - top + 1).toBeGreaterThanOrEqual(18);
  expect(bottom - top + 1).toBeLessThanOrEqual(22);
  expect((top + bottom) / 2).toBeCloseTo(13.5, 0);
  expect((left + right) / 2).toBeCloseTo(13.5, 0);
});

test("a line over the whole pad is made as small", () => {
  const { top, bottom } = boxOf(draw([0.5, 0, 0.5, 1]));
  expect(bottom - top + 1).toBeLessThanOrEqual(22);
});

test("the pen keeps its width however much the drawing is enlarged", () => {
  const ink = (image: Float32Array) => image.reduce((sum, value) => sum + value, 0);
  expect(ink(draw([0.1, 0.1, 0.1, 0.3]))).toBeCloseTo(ink(draw([0.5, 0, 0.5, 1])), 0);
});

test("a dot stays a dot", () => {
  const { top, bottom } = boxOf(draw([0.4, 0.4]));
  expect(bottom - top).toBeLessThanOrEqual(4);
});

test("what is drawn upon an image stays where it was drawn, and the image shows", () => {
  const ground = new Float32Array(SIZE * SIZE);
  ground[0] = 0.7;
  const image = drawnImage({ strokes: [[0.9, 0.9]], radius: 1.25, ground }, SIZE, SIZE);
  expect(image[0]).toBeCloseTo(0.7);
  expect(image[25 * SIZE + 25]).toBeGreaterThan(0.8);
  expect(image[14 * SIZE + 14]).toBe(0);
});

test("ink is as white as the data's", () => {
  expect(Math.max(...draw([0.5, 0, 0.5, 1]))).toBeCloseTo(0.95);
});
