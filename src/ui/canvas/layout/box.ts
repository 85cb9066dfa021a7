/** Pixels of the canvas; y grows downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

/** Every layer's card is as wide. */
export const CARD_WIDTH = 156;

/** As high as most cards, for those that are not known yet. */
export const CARD_HEIGHT = 148;

/** Between columns, with room for a shape on the edge; between rows, with room for edges that lead round. */
export const COLUMN_GAP = 68;
export const ROW_GAP = 60;
/** Between cards below each other in one column. */
export const STACK_GAP = 28;

export function boundsOf(boxes: Iterable<Box>): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left > right
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two boxes come closer to each other than `margin`. */
export function areClose(a: Box, b: Box, margin: number): boolean {
  return (
    a.x < b.x + b.width + margin &&
    b.x < a.x + a.width + margin &&
    a.y < b.y + b.height + margin &&
    b.y < a.y + a.height + margin
  );
}
