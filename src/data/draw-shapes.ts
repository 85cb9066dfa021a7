import { PixelNoise } from "./pixel-noise.ts";
import type { Random } from "./random.ts";
import { type Outline, shapeOutlines } from "./shape-outlines.ts";

export const SHAPE_SIZE = 32;
const SIZE = SHAPE_SIZE;
/** How often a bar lies across the shape. */
const OCCLUDED = 0.25;
/** The most that a colour of the ground has of red, green or blue. */
const BRIGHTEST_GROUND = 0.5;

type Colour = readonly [red: number, green: number, blue: number];
/** What part of a pixel is covered, from 0 to 1. */
type Cover = (x: number, y: number) => number;

export interface DrawnShapes {
  /** (samples, 32, 32, 3) */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
  readonly names: readonly string[];
}

/** Draws so many shapes, each kind in turn. Apart from its source, so that a page downloads it only where it draws. */
export function drawShapes(samples: number, noise: number, random: Random): DrawnShapes {
  const pixelNoise = new PixelNoise(random);
  const outlines: readonly Outline[] = Object.values(shapeOutlines);
  const image = new Float32Array(SIZE * SIZE * 3);
  const images = new Uint8Array(samples * image.length);
  const labels = new Int32Array(samples);
  for (let k = 0; k < samples; k++) {
    const label = k % outlines.length;
    drawShape(outlines[label] as Outline, random, image);
    pixelNoise.write(image, noise, images, k * image.length);
    labels[k] = label;
  }
  return { images, labels, names: Object.keys(shapeOutlines) };
}

function drawShape(outline: Outline, random: Random, image: Float32Array): void {
  paint(image, dimColour(random), () => 1);
  paint(image, dimColour(random), gradient(random));
  paint(image, dimColour(random), pattern(random));

  const radius = random.uniform(8, 13);
  const free = SIZE / 2 - radius;
  const middleX = SIZE / 2 + random.uniform(-free, free);
  const middleY = SIZE / 2 + random.uniform(-free, free);
  const angle = random.uniform(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  const shape: Cover = (x, y) => {
    const [right, down] = [x - middleX, y - middleY];
    if (Math.abs(right) > 1.3 * radius || Math.abs(down) > 1.3 * radius) return 0;
    return edge(radius * outline(cos * right + sin * down, cos * down - sin * right));
  };
  paint(image, brightColour(random), shape);
  if (random.uniform() < OCCLUDED) paint(image, dimColour(random), bar(random, middleX, middleY, radius));
}

/** A colour of the ground and of what hides a shape: dim. */
function dimColour(random: Random): Colour {
  return [
    random.uniform(0, BRIGHTEST_GROUND),
    random.uniform(0, BRIGHTEST_GROUND),
    random.uniform(0, BRIGHTEST_GROUND),
  ];
}

/** A colour of a shape: its strongest part is beyond any of the ground. */
function brightColour(random: Random): Colour {
  const colour: [number, number, number] = [random.uniform(), random.uniform(), random.uniform()];
  colour[random.integer(3)] = random.uniform(0.8, 1);
  return colour;
}

/** Grows evenly across the image in some direction, from 0 to at most 1. */
function gradient(random: Random): Cover {
  const wave = direction(random, 1 / SIZE);
  const most = random.uniform(0, 1);
  return (x, y) => most * Math.min(Math.max(0.5 + wave(x - SIZE / 2, y - SIZE / 2), 0), 1);
}

/** Stripes or, where two sets of them cross, blotches. */
function pattern(random: Random): Cover {
  const strength = random.uniform(0, 0.7);
  const first = direction(random, random.uniform(0.2, 1.2));
  const second = direction(random, random.uniform(0.2, 1.2));
  const crossed = random.integer(2) === 1;
  return (x, y) => strength * (0.5 + 0.5 * Math.sin(first(x, y)) * (crossed ? Math.sin(second(x, y)) : 1));
}

/** A bar right across the image that hides a part of the shape, not all of it. */
function bar(random: Random, middleX: number, middleY: number, radius: number): Cover {
  const across = direction(random, 1);
  const shift = random.uniform(-0.7, 0.7) * radius;
  const halfWidth = random.uniform(0.08, 0.18) * radius;
  return (x, y) => edge(Math.abs(across(x - middleX, y - middleY) - shift) - halfWidth);
}

/** Grows by `slope` a pixel in a random direction. */
function direction(random: Random, slope: number): (x: number, y: number) => number {
  const angle = random.uniform(0, 2 * Math.PI);
  const [slopeX, slopeY] = [slope * Math.cos(angle), slope * Math.sin(angle)];
  return (x, y) => slopeX * x + slopeY * y;
}

/** What a pixel shows of a thing so many pixels away; below 0 the pixel's middle is in it. */
function edge(distance: number): number {
  return Math.min(Math.max(0.5 - distance, 0), 1);
}

function paint(image: Float32Array, colour: Colour, cover: Cover): void {
  for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
    const part = cover((pixel % SIZE) + 0.5, Math.floor(pixel / SIZE) + 0.5);
    if (part === 0) continue;
    for (let k = 0; k < 3; k++) {
      const before = image[3 * pixel + k] as number;
      image[3 * pixel + k] = before + part * ((colour[k] as number) - before);
    }
  }
}
