import type { Box } from "./box.ts";
import type { Link } from "./columns.ts";

export type Side = "left" | "right" | "top" | "bottom";

/** At which side of a card its edges come in and go out. */
export interface Sides {
  readonly input: Side;
  readonly output: Side;
}

/** The sides that face the nearest cards on either end of the edges: networks may turn round as they like. */
export function sidesOf(boxes: ReadonlyMap<string, Box>, links: readonly Link[]): Map<string, Sides> {
  const sources = new Map<string, Box>();
  const targets = new Map<string, Box>();
  for (const { from, to } of links) {
    const [source, target] = [boxes.get(from), boxes.get(to)];
    if (source === undefined || target === undefined) continue;
    if (isNearer(source, sources.get(to), target)) sources.set(to, source);
    if (isNearer(target, targets.get(from), source)) targets.set(from, target);
  }
  return new Map([...boxes].map(([id, box]) => [id, facing(box, sources.get(id), targets.get(id))]));
}

const OPPOSITE: Record<Side, Side> = { left: "right", right: "left", top: "bottom", bottom: "top" };

function facing(box: Box, source: Box | undefined, target: Box | undefined): Sides {
  const from = source && sideTo(box, source, "top");
  const to = target && sideTo(box, target, "bottom");
  // What has only one neighbour goes on in its direction.
  const input = from ?? (to === undefined || to === "bottom" ? "left" : OPPOSITE[to]);
  const output = to ?? (from === undefined || from === "top" ? "right" : OPPOSITE[from]);
  // Input and output do not share a handle's place.
  return { input, output: output === input ? "bottom" : output };
}

function isNearer(box: Box, than: Box | undefined, to: Box): boolean {
  return than === undefined || distance(box, to) < distance(than, to);
}

function distance(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}

/** The side that faces another card; the upper one and the lower one only in one direction. */
function sideTo(box: Box, other: Box, vertical: "top" | "bottom"): Side {
  const across = other.x + other.width / 2 - box.x - box.width / 2;
  const down = other.y + other.height / 2 - box.y - box.height / 2;
  const isAligned = Math.abs(across) < (box.width + other.width) / 4;
  if (isAligned) return down > 0 === (vertical === "bottom") ? vertical : vertical === "top" ? "left" : "right";
  return across > 0 ? "right" : "left";
}

/** Where a handle is: the middle of a side. */
export function handleAt({ x, y, width, height }: Box, side: Side) {
  switch (side) {
    case "left":
      return { x, y: y + height / 2 };
    case "right":
      return { x: x + width, y: y + height / 2 };
    case "top":
      return { x: x + width / 2, y };
    case "bottom":
      return { x: x + width / 2, y: y + height };
  }
}
