import { expect, test } from "vitest";
import { gridLayout } from "./grid-layout.ts";

test("a few pictures are as large as the box allows", () => {
  const layout = gridLayout(8, 1, 480, 200, 28);
  expect(layout).toMatchObject({ across: 5, tileWidth: 92, tileHeight: 92 });
  expect(layout.height).toBeLessThanOrEqual(200);
  expect(layout.width).toBeLessThanOrEqual(480);
});

test("many pictures get no smaller than the least, and then the grid is higher than the box", () => {
  const { tileWidth, height, across } = gridLayout(512, 1, 300, 200, 28);
  expect(tileWidth).toBeGreaterThanOrEqual(28);
  expect(across).toBe(9);
  expect(height).toBeGreaterThan(200);
});

test("wide pictures keep their aspect", () => {
  const { tileWidth, tileHeight } = gridLayout(4, 4, 400, 300, 20);
  expect(tileWidth / tileHeight).toBeCloseTo(4, 0);
});

test("an empty box has tiles of a pixel rather than none", () => {
  expect(gridLayout(3, 1, 0, 0, 28)).toMatchObject({ tileWidth: 1, tileHeight: 1 });
});
