import { colourAt, type Ramp } from "./ramp.ts";
import type { Range } from "./range.ts";

/** A map of numbers, row by row from the top. */
export interface NumberMap {
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  /** Where the map begins in `values`; default 0. */
  readonly offset?: number;
  /** From one number of the map to the next; default 1. Channels that lie last have as many as there are channels. */
  readonly stride?: number;
}

/** Draws a map of numbers into a canvas, a pixel each, which takes the map's size. Cheap: nothing but one ImageData. */
export function drawMap(canvas: HTMLCanvasElement, map: NumberMap, ramp: Ramp, range: Range): void {
  const { rows, columns, values, offset = 0, stride = 1 } = map;
  const [least, largest] = range;
  const scale = largest > least ? 1 / (largest - least) : 0;
  drawPixels(canvas, rows, columns, (pixel) =>
    colourAt(ramp, ((values[offset + pixel * stride] as number) - least) * scale),
  );
}

/** Draws an image (rows, columns, channels) of 1 or 3 channels, 0…1. */
export function drawImage(canvas: HTMLCanvasElement, map: NumberMap & { readonly channels: number }): void {
  const { rows, columns, values, channels, offset = 0 } = map;
  const part = (at: number) => Math.min(Math.max(Math.round(255 * (values[offset + at] as number)), 0), 255);
  const isGrey = channels === 1;
  drawPixels(canvas, rows, columns, (pixel) => {
    const at = pixel * channels;
    const red = part(at);
    if (isGrey) return 0xff000000 | (red * 0x10101);
    return 0xff000000 | (part(at + 2) << 16) | (part(at + 1) << 8) | red;
  });
}

/** Draws packed colours (0xAABBGGRR), one for each pixel by its place. */
export function drawPixels(
  canvas: HTMLCanvasElement,
  rows: number,
  columns: number,
  colourOf: (pixel: number) => number,
): void {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext("2d");
  if (context === null || rows * columns === 0) return;
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = colourOf(pixel);
  context.putImageData(image, 0, 0);
}
