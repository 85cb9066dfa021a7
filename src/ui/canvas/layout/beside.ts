import { areClose, type Box, boundsOf, COLUMN_GAP, type Point, type Size, STACK_GAP } from "./box.ts";
import type { Link } from "./columns.ts";

/**
 * Finds places for cards that have none among cards that have: to the right of what leads to them, or to the left of
 * where they lead, as far down as it takes to touch no other. Gives the corners of all.
 */
export function beside(
  ids: readonly string[],
  links: readonly Link[],
  sizes: ReadonlyMap<string, Size>,
  given: ReadonlyMap<string, Point>,
): Map<string, Point> {
  const boxes = new Map<string, Box>();
  const boxAt = (id: string, { x, y }: Point): Box => ({ x, y, ...(sizes.get(id) ?? { width: 0, height: 0 }) });
  for (const [id, point] of given) boxes.set(id, boxAt(id, point));
  for (const id of ids) {
    if (given.has(id)) continue;
    const free = freeBelow(boxAt(id, wishFor(id, links, sizes, boxes)), boxes.values());
    boxes.set(id, free);
  }
  return new Map(ids.map((id) => [id, boxes.get(id) as Box]));
}

function wishFor(
  id: string,
  links: readonly Link[],
  sizes: ReadonlyMap<string, Size>,
  boxes: ReadonlyMap<string, Box>,
): Point {
  const { width, height } = sizes.get(id) ?? { width: 0, height: 0 };
  for (const { from, to } of links) {
    const source = to === id ? boxes.get(from) : undefined;
    if (source) return { x: source.x + source.width + COLUMN_GAP, y: source.y + (source.height - height) / 2 };
  }
  for (const { from, to } of links) {
    const target = from === id ? boxes.get(to) : undefined;
    if (target) return { x: target.x - width - COLUMN_GAP, y: target.y + (target.height - height) / 2 };
  }
  const all = boundsOf(boxes.values());
  return { x: all.x, y: all.y + all.height + STACK_GAP };
}

/** The first place from a box down where it touches no other. */
export function freeBelow(wish: Box, others: Iterable<Box>): Box {
  const boxes = [...others];
  let box = { ...wish, x: Math.round(wish.x), y: Math.round(wish.y) };
  for (;;) {
    const obstacle = boxes.find((other) => areClose(box, other, STACK_GAP - 1));
    if (obstacle === undefined) return box;
    box = { ...box, y: obstacle.y + obstacle.height + STACK_GAP };
  }
}
