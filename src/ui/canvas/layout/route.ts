import { type Box, COLUMN_GAP, type Point } from "./box.ts";
import type { Link } from "./columns.ts";
import { handleAt, type Side, type Sides } from "./sides.ts";

/** Edges that are this long may pass behind cards. */
const LONG = 1.5 * COLUMN_GAP;

/** How far from cards an edge passes, and edges from each other. */
const CLEARANCE = 20;
const LANE = 9;

/** How far from its card an edge turns: next to the middle of the gap, where shapes stand. */
const OUT = 13;

/**
 * The ways of edges that would pass behind cards: past them, above the target's row. Those of edges that are not named go
 * straight. Ways lie in lanes, so that two do not run on one line.
 */
export function routes(
  boxes: ReadonlyMap<string, Box>,
  links: readonly Link[],
  sides: ReadonlyMap<string, Sides>,
): Map<string, readonly Point[]> {
  const ways = new Map<string, readonly Point[]>();
  const lanes: { readonly y: number; readonly left: number; readonly right: number }[] = [];
  const cards = [...boxes];
  for (const { from, to } of links) {
    const [source, target] = [boxes.get(from), boxes.get(to)];
    if (source === undefined || target === undefined) continue;
    const [output, input] = [sides.get(from)?.output ?? "right", sides.get(to)?.input ?? "left"];
    const [start, end] = [handleAt(source, output), handleAt(target, input)];
    if (Math.hypot(end.x - start.x, end.y - start.y) <= LONG) continue;
    const corner = cornerOf(start, output, end, input);
    const passed = cards.filter(
      ([id, box]) => id !== from && id !== to && (crosses(start, corner, box) || crosses(corner, end, box)),
    );
    if (passed.length === 0) continue;
    const [left, right] = [Math.min(start.x, end.x), Math.max(start.x, end.x)];
    let y = laneAbove(
      source,
      target,
      passed.map(([, box]) => box),
    );
    while (lanes.some((lane) => Math.abs(lane.y - y) < LANE - 1 && lane.left < right && left < lane.right)) y -= LANE;
    lanes.push({ y, left, right });
    ways.set(`${from}>${to}`, way(start, output, y, end, input));
  }
  return ways;
}

/** Where an edge that goes out and comes in at right angles turns. */
function cornerOf(start: Point, output: Side, end: Point, input: Side): Point {
  const [goesDown, comesDown] = [outward(output) === 0, outward(input) === 0];
  if (goesDown === comesDown) return end;
  return goesDown ? { x: start.x, y: end.y } : { x: end.x, y: start.y };
}

/** Above what is passed where both ends are in one row; else in the gap above the target's row. */
function laneAbove(source: Box, target: Box, passed: readonly Box[]): number {
  const isOneRow = source.y < target.y + target.height && target.y < source.y + source.height;
  const row = isOneRow ? [source, target, ...passed] : [target];
  return Math.min(...row.map(({ y }) => y)) - CLEARANCE;
}

function way(start: Point, output: Side, y: number, end: Point, input: Side): Point[] {
  const [first, last] = [start.x + outward(output), end.x + outward(input)];
  return [start, { x: first, y: start.y }, { x: first, y }, { x: last, y }, { x: last, y: end.y }, end];
}

function outward(side: Side): number {
  return side === "right" ? OUT : side === "left" ? -OUT : 0;
}

/** Whether the straight line between two points goes through a box (Liang and Barsky). Most boxes are far away. */
function crosses(a: Point, b: Point, { x, y, width, height }: Box): boolean {
  const [right, bottom] = [x + width, y + height];
  if ((a.x <= x && b.x <= x) || (a.x >= right && b.x >= right)) return false;
  if ((a.y <= y && b.y <= y) || (a.y >= bottom && b.y >= bottom)) return false;
  const [across, down] = [span(a.x, b.x, x, right), span(a.y, b.y, y, bottom)];
  return Math.max(across[0], down[0]) < Math.min(across[1], down[1]);
}

/** The part of the way from `from` to `to`, of 0…1, that lies between `low` and `high`. */
function span(from: number, to: number, low: number, high: number): readonly [number, number] {
  if (from === to) return [0, 1];
  const [t, u] = [(low - from) / (to - from), (high - from) / (to - from)];
  return [Math.max(0, Math.min(t, u)), Math.min(1, Math.max(t, u))];
}

/** A way as an SVG path with round corners. */
export function pathOf(points: readonly Point[], radius = 10): string {
  const [start, ...rest] = points.filter((point, k) => {
    const before = points[k - 1];
    return before === undefined || before.x !== point.x || before.y !== point.y;
  });
  if (start === undefined) return "";
  let path = `M${start.x},${start.y}`;
  let from = start;
  for (const [k, corner] of rest.entries()) {
    const to = rest[k + 1];
    if (to === undefined) return `${path}L${corner.x},${corner.y}`;
    const [before, after] = [toward(corner, from, radius), toward(corner, to, radius)];
    path += `L${before.x},${before.y}Q${corner.x},${corner.y} ${after.x},${after.y}`;
    from = corner;
  }
  return path;
}

/** A point so far from one to another, at most half the way. */
function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const t = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}
