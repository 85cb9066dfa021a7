import type { CardPicture } from "../../app/views.ts";
import { drawImage, drawMap } from "../pixels/draw-pixels.ts";
import { type Ramp, viridis } from "../pixels/ramp.ts";
import { type Range, rangeOf, symmetricRange } from "../pixels/range.ts";
import {
  BAR_HEIGHT,
  imageSize,
  MAP_GAP,
  MAPS_A_ROW,
  MAX_CURVES,
  MAX_LABELLED_BARS,
  mapSize,
  PICTURE_WIDTH,
} from "./picture-size.ts";

export interface PictureStyle {
  /** For maps of signed numbers over the plane; undefined where maps are features. */
  readonly signed: Ramp | undefined;
  /** Whether it is what the network reads. */
  readonly isInput: boolean;
  /** Whether the numbers are probabilities of classes. */
  readonly areProbabilities: boolean;
  /** What a class is called on screen. */
  readonly nameOf: (name: string) => string;
  readonly accent: string;
  readonly faint: string;
  readonly track: string;
  readonly font: string;
}

/** Canvas pixels for one of the page, so that a picture is sharp where the canvas is zoomed in. */
const SCALE = 2;

let scratch: HTMLCanvasElement | undefined;

/** Draws a card's picture into a canvas of `PICTURE_WIDTH` and the height given; none: it is cleared. */
export function drawPicture(
  canvas: HTMLCanvasElement,
  picture: CardPicture | undefined,
  height: number,
  style: PictureStyle,
): void {
  const [width, rows] = [PICTURE_WIDTH * SCALE, height * SCALE];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== rows) canvas.height = rows;
  const context = canvas.getContext("2d");
  if (context === null || height === 0) return;
  context.setTransform(SCALE, 0, 0, SCALE, 0, 0);
  context.clearRect(0, 0, PICTURE_WIDTH, height);
  context.imageSmoothingEnabled = false;
  if (picture === undefined) return;
  if (picture.kind === "maps") drawMaps(context, picture, style);
  else if (picture.kind === "image") drawCentred(context, picture);
  else if (picture.kind === "heat" && picture.units > MAX_CURVES) drawHeat(context, picture, height);
  else if (picture.kind === "heat") drawCurves(context, picture, height, style);
  else drawBars(context, picture, height, style);
}

/** A canvas beside the page: pictures are drawn there pixel by pixel, and from there enlarged. */
function pixels(): HTMLCanvasElement {
  scratch ??= document.createElement("canvas");
  return scratch;
}

type Picture<K extends CardPicture["kind"]> = Extract<CardPicture, { readonly kind: K }>;

function drawCentred(context: CanvasRenderingContext2D, picture: Picture<"image">): void {
  const { width, height } = imageSize(picture.rows, picture.columns);
  drawImage(pixels(), picture);
  context.drawImage(pixels(), Math.round((PICTURE_WIDTH - width) / 2), 0, width, height);
}

function drawMaps(
  context: CanvasRenderingContext2D,
  { count, rows, columns, values }: Picture<"maps">,
  { signed, areProbabilities }: PictureStyle,
): void {
  const { width, height } = mapSize(count, rows / columns);
  const size = rows * columns;
  for (let k = 0; k < count; k++) {
    const map = { values, rows, columns, offset: k * size };
    drawMap(
      pixels(),
      map,
      signed ?? viridis,
      mapRange(values.subarray(k * size, (k + 1) * size), signed, areProbabilities),
    );
    const [x, y] = [(k % MAPS_A_ROW) * (width + MAP_GAP), Math.floor(k / MAPS_A_ROW) * (height + MAP_GAP)];
    context.drawImage(pixels(), x, y, width, height);
  }
}

function mapRange(values: Float32Array, signed: Ramp | undefined, areProbabilities: boolean): Range {
  if (signed === undefined) return rangeOf(values);
  return areProbabilities ? [0, 1] : symmetricRange(values);
}

/** Steps to the right, a unit a line. */
function drawHeat(context: CanvasRenderingContext2D, { steps, units, values }: Picture<"heat">, height: number): void {
  const turned = new Float32Array(values.length);
  for (let step = 0; step < steps; step++) {
    for (let unit = 0; unit < units; unit++) turned[unit * steps + step] = values[step * units + unit] as number;
  }
  drawMap(pixels(), { values: turned, rows: units, columns: steps }, viridis, rangeOf(turned));
  context.drawImage(pixels(), 0, 0, PICTURE_WIDTH, height);
}

/** A curve a unit, over time. */
function drawCurves(
  context: CanvasRenderingContext2D,
  { steps, units, values }: Picture<"heat">,
  height: number,
  { accent }: PictureStyle,
): void {
  const [least, largest] = rangeOf(values);
  const scale = largest > least ? (height - 4) / (largest - least) : 0;
  context.strokeStyle = accent;
  context.lineWidth = 1.2;
  for (let unit = 0; unit < units; unit++) {
    context.globalAlpha = 1 - (0.6 * unit) / units;
    context.beginPath();
    for (let step = 0; step < steps; step++) {
      const value = values[step * units + unit] as number;
      context.lineTo((step / Math.max(1, steps - 1)) * PICTURE_WIDTH, height - 2 - (value - least) * scale);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawBars(
  context: CanvasRenderingContext2D,
  picture: Picture<"bars">,
  height: number,
  style: PictureStyle,
): void {
  const { values, labels } = picture;
  if (style.isInput && labels) drawTokens(context, labels, style);
  else if (style.isInput || values.length > MAX_LABELLED_BARS) drawStrip(context, values, height, style);
  else drawNamedBars(context, picture, style);
}

/** A bar a line, the largest in colour. */
function drawNamedBars(
  context: CanvasRenderingContext2D,
  { values, labels }: Picture<"bars">,
  { accent, faint, track, font, areProbabilities, nameOf }: PictureStyle,
): void {
  const [least, largest] = rangeOf(values);
  const low = Math.min(0, least);
  const high = areProbabilities && labels ? 1 : Math.max(0, largest);
  context.font = `8px ${font}`;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const names = values.length === labels?.length ? labels.map((label) => short(nameOf(label))) : [];
  const indent = Math.max(0, ...names.map((name) => context.measureText(name).width)) + (names.length > 0 ? 5 : 0);
  const scale = high > low ? (PICTURE_WIDTH - indent) / (high - low) : 0;
  const best = values.indexOf(largest);
  for (const [k, value] of values.entries()) {
    const middle = (k + 0.5) * BAR_HEIGHT;
    context.fillStyle = faint;
    if (names[k] !== undefined) context.fillText(names[k], indent - 5, middle + 0.5);
    context.fillStyle = k === best ? accent : track;
    bar(context, indent + (Math.min(value, 0) - low) * scale, middle - 2.5, Math.max(2, Math.abs(value) * scale), 5);
  }
}

/** Many numbers beside each other, up or down from 0. */
function drawStrip(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  height: number,
  { accent, faint }: PictureStyle,
): void {
  const [least, largest] = rangeOf(values);
  const [low, high] = [Math.min(0, least), Math.max(0, largest)];
  const scale = high > low ? height / (high - low) : 0;
  const step = PICTURE_WIDTH / values.length;
  for (const [k, value] of values.entries()) {
    const [top, bottom] = [(high - Math.max(value, 0)) * scale, (high - Math.min(value, 0)) * scale];
    context.fillStyle = value < 0 ? faint : accent;
    context.fillRect(k * step, top, Math.max(0.5, step - 1), Math.max(0.5, bottom - top));
  }
}

/** Tokens as the text they are, as far as there is room. */
function drawTokens(context: CanvasRenderingContext2D, tokens: readonly string[], { faint, font }: PictureStyle): void {
  context.font = `9px ${font}`;
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillStyle = faint;
  let [x, y] = [0, 1];
  for (const token of tokens) {
    const shown = token.replaceAll("\n", "↵");
    const { width } = context.measureText(shown);
    if (x + width > PICTURE_WIDTH) [x, y] = [0, y + 12];
    context.fillText(shown, x, y);
    x += width;
  }
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(2, width / 2));
  context.fill();
}

function short(label: string): string {
  return label.length > 9 ? `${label.slice(0, 8)}…` : label;
}
