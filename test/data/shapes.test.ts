import { expect, test } from "vitest";
import { shapesSource } from "../../src/data/sources/shapes.ts";
import { load } from "./load.ts";
import { nearestNeighbour, share, softmaxRegression } from "./probes.ts";
import { samplesOf } from "./source-samples.ts";

const SIZE = 32;

async function shapes(samples: number, config: Record<string, unknown> = {}) {
  const { inputs, target, training, validation } = await load(shapesSource, [], { samples, ...config });
  const [input] = inputs;
  if (input === undefined) throw new Error("no input");
  const part = (of: typeof training) => ({ inputs: samplesOf(of, input), labels: samplesOf(of, target).flat() });
  return { training: part(training), validation: part(validation) };
}

/** The pixels of a shape: brighter in a colour than any ground. */
function pixelsOf(image: readonly number[]): { readonly x: number; readonly y: number }[] {
  return Array.from({ length: SIZE * SIZE }, (_, pixel) => ({
    x: pixel % SIZE,
    y: Math.floor(pixel / SIZE),
    pixel,
  })).filter(({ pixel }) => Math.max(...image.slice(3 * pixel, 3 * pixel + 3)) > 0.65 * 255);
}

test("a shape stands out from its ground, whole within the image and never in the same place", async () => {
  const { training } = await shapes(500, { noise: 0 });
  const middles = training.inputs.map((image) => {
    const pixels = pixelsOf(image);
    // From half of a star of radius 8 up to a whole square of radius 13 with its edge.
    expect(pixels.length).toBeGreaterThan(30);
    expect(pixels.length).toBeLessThan((1.15 * 13 * Math.SQRT2 + 1) ** 2);
    return pixels.reduce((sum, { x }) => sum + x, 0) / pixels.length;
  });
  expect(Math.min(...middles)).toBeLessThan(12);
  expect(Math.max(...middles)).toBeGreaterThan(19);
});

test("shapes look like their kind: how the pixels lie about their middle tells most of them", async () => {
  const { training, validation } = await shapes(3000);
  // How many pixels are how far from the middle, in units in which the area is 1: the same however it is turned.
  const profile = (image: readonly number[]) => {
    const pixels = pixelsOf(image);
    const middleX = pixels.reduce((sum, { x }) => sum + x, 0) / pixels.length;
    const middleY = pixels.reduce((sum, { y }) => sum + y, 0) / pixels.length;
    const rings = new Array<number>(12).fill(0);
    for (const { x, y } of pixels) {
      const ring = Math.min(Math.floor((8 * Math.hypot(x - middleX, y - middleY)) / Math.sqrt(pixels.length)), 11);
      rings[ring] = (rings[ring] as number) + 1 / pixels.length;
    }
    return rings;
  };
  const known = { inputs: training.inputs.map(profile), labels: training.labels };
  const told = validation.inputs.map((image) => nearestNeighbour(known, profile(image)));
  expect(share(told, validation.labels)).toBeGreaterThan(0.6);
});

test("shapes are no task for a linear model", async () => {
  const { training, validation } = await shapes(1500);
  const told = softmaxRegression(training, 10, 4);
  expect(share(validation.inputs.map(told), validation.labels)).toBeLessThan(0.4);
});
