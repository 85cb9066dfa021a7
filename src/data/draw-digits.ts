import { digitSkeletons, type Stroke } from "./digit-skeletons.ts";
import { PixelNoise } from "./pixel-noise.ts";
import type { Random } from "./random.ts";
import { StrokeDrawing } from "./stroke-drawing.ts";

export const DIGIT_SIZE = 28;
const SIZE = DIGIT_SIZE;
const DEGREE = Math.PI / 180;

export interface DrawnDigits {
  /** (samples, 28, 28, 1) */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Draws so many digits, each in turn. Apart from its source, so that a page downloads it only where it draws. */
export function drawDigits(samples: number, noise: number, random: Random): DrawnDigits {
  const pixelNoise = new PixelNoise(random);
  const drawing = new StrokeDrawing(SIZE);
  const image = new Float32Array(SIZE * SIZE);
  const images = new Uint8Array(samples * image.length);
  const labels = new Int32Array(samples);
  for (let k = 0; k < samples; k++) {
    labels[k] = k % digitSkeletons.length;
    drawDigit(labels[k] as number, random, drawing, image);
    pixelNoise.write(image, noise, images, k * image.length);
  }
  return { images, labels };
}

/** Draws a digit as one more hand would write it; `image` takes values from 0, black, to 1. */
function drawDigit(digit: number, random: Random, drawing: StrokeDrawing, image: Float32Array): void {
  const toPixels = drawHand(random);
  const radius = random.uniform(0.7, 1.7);
  drawing.clear();
  for (const stroke of random.pick(digitSkeletons[digit] as readonly (readonly Stroke[])[])) {
    drawing.stroke(toPixels(stroke), radius * random.uniform(0.8, 1.2), radius * random.uniform(0.7, 1.1));
  }
  const ink = random.uniform(0.8, 1);
  // The edge goes from ink to paper within this many pixels: sharp as of a pen, or blurred as of a felt tip.
  const edge = random.uniform(0.9, 2);
  for (let k = 0; k < image.length; k++) {
    const t = Math.min(Math.max(0.5 - (drawing.distances[k] as number) / edge, 0), 1);
    image[k] = ink * t * t * (3 - 2 * t);
  }
}

/** A hand: where it puts the points of a stroke, in pixels. Each digit is written by another. */
function drawHand(random: Random): (stroke: Stroke) => Float32Array {
  const height = random.uniform(15.5, 21) / 100;
  const width = height * random.uniform(0.75, 1.15);
  const angle = random.uniform(-12, 12) * DEGREE;
  const slant = random.normal(0.15, 0.18);
  const middleX = SIZE / 2 + random.uniform(-2.25, 2.25);
  const middleY = SIZE / 2 + random.uniform(-2.25, 2.25);
  const unsteadiness = random.uniform(1, 3.5);
  const warpX = drawWarp(random);
  const warpY = drawWarp(random);
  return (stroke) => {
    const points = new Float32Array(stroke.length);
    for (let k = 0; k < stroke.length; k += 2) {
      const x = stroke[k] as number;
      const y = stroke[k + 1] as number;
      // The second of the two points of a corner goes where the first went.
      if (k > 0 && x === stroke[k - 2] && y === stroke[k - 1]) {
        points[k] = points[k - 2] as number;
        points[k + 1] = points[k - 1] as number;
        continue;
      }
      const right = width * (random.normal(x, unsteadiness) + warpX(x, y) - 35);
      const down = height * (random.normal(y, unsteadiness) + warpY(x, y) - 50);
      const slanted = right - slant * down;
      points[k] = middleX + Math.cos(angle) * slanted - Math.sin(angle) * down;
      points[k + 1] = middleY + Math.sin(angle) * slanted + Math.cos(angle) * down;
    }
    return points;
  };
}

/** A gentle wave over the grid of the skeletons, in its units. */
function drawWarp(random: Random): (x: number, y: number) => number {
  const height = random.uniform(0, 7);
  const [turnsX, turnsY] = [random.uniform(-0.06, 0.06), random.uniform(-0.06, 0.06)];
  const phase = random.uniform(0, 2 * Math.PI);
  return (x, y) => height * Math.sin(turnsX * x + turnsY * y + phase);
}
