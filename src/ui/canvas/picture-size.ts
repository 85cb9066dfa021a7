import type { CardPicture } from "../../app/views.ts";
import { CARD_WIDTH, type Size } from "./layout/box.ts";

/** The width of a picture on a card, in pixels. */
export const PICTURE_WIDTH = CARD_WIDTH - 26;

/** So many maps stand beside each other. */
export const MAPS_A_ROW = 4;
export const MAP_GAP = 4;
const MAX_MAPS = 8;

/** No picture is higher. */
const MAX_HEIGHT = 112;

/** Lines of this height tell numbers apart by their labels, as long as there are not more than fit. */
export const BAR_HEIGHT = 9;
export const MAX_LABELLED_BARS = 12;
const STRIP_HEIGHT = 36;

/** Units over time are drawn as curves as long as there are not more. */
export const MAX_CURVES = 3;

/** What a picture is of, as far as its size goes. */
export interface Pictured {
  /** Of one sample. */
  readonly shape: readonly number[];
  readonly isInput: boolean;
  readonly isOutput: boolean;
  /** Whether pictures are maps over the plane of a two-dimensional input. */
  readonly isPlane: boolean;
}

/**
 * How high the picture on a card is going to be, known from the layer's shape before it comes: cards keep room for it, so
 * that nothing moves when it does.
 */
export function expectedHeight(pictured: Pictured): number {
  // Even, so that the middles of cards in a row are on one line.
  return 2 * Math.ceil(heightOf(pictured) / 2);
}

function heightOf({ shape, isInput, isOutput, isPlane }: Pictured): number {
  const [first = 1, second = 1, channels = 1] = shape;
  if (isPlane) return shape.length < 2 ? mapsHeight(Math.min(first, MAX_MAPS), 1) : 0;
  if (shape.length < 2) return barsHeight(first, isInput);
  if (shape.length === 2) return heatHeight(second);
  if (shape.length > 3) return 0;
  const isImage = (isInput || isOutput) && (channels === 1 || channels === 3);
  return isImage ? imageSize(first, second).height : mapsHeight(Math.min(channels, MAX_MAPS), first / second);
}

export function mapsHeight(count: number, aspect: number): number {
  const { height } = mapSize(count, aspect);
  const rows = Math.ceil(count / MAPS_A_ROW);
  return rows * (height + MAP_GAP) - MAP_GAP;
}

/** `aspect`: height by width. */
export function mapSize(count: number, aspect: number): Size {
  const across = Math.max(1, Math.min(count, MAPS_A_ROW));
  const room = Math.floor((PICTURE_WIDTH + MAP_GAP) / across) - MAP_GAP;
  const rows = Math.max(1, Math.ceil(count / MAPS_A_ROW));
  const most = Math.floor((MAX_HEIGHT - 24) / rows);
  const width = Math.max(2, Math.min(room, 72, Math.floor(most / aspect)));
  return { width, height: Math.max(2, Math.round(width * aspect)) };
}

export function imageSize(rows: number, columns: number): Size {
  const scale = Math.min(PICTURE_WIDTH / columns, MAX_HEIGHT / rows);
  return { width: Math.max(1, Math.round(columns * scale)), height: Math.max(1, Math.round(rows * scale)) };
}

/** What is read, numbers or tokens, is looked at as a whole. */
export function barsHeight(count: number, isInput: boolean): number {
  return !isInput && count <= MAX_LABELLED_BARS ? count * BAR_HEIGHT : STRIP_HEIGHT;
}

/** Few units over time are drawn as curves, many as colours. */
export function heatHeight(units: number): number {
  return units <= MAX_CURVES ? STRIP_HEIGHT : Math.max(16, Math.min(48, units * 3));
}

/** How high a picture is that has come. */
export function pictureHeight(picture: CardPicture, isInput: boolean): number {
  switch (picture.kind) {
    case "maps":
      return mapsHeight(picture.count, picture.rows / picture.columns);
    case "image":
      return imageSize(picture.rows, picture.columns).height;
    case "heat":
      return heatHeight(picture.units);
    case "bars":
      return barsHeight(picture.values.length, isInput);
  }
}
