import type { Point } from "./points.ts";

/** The distance of a point from an outline of radius about 1 around (0, 0), below 0 inside; y downwards. */
export type Outline = (x: number, y: number) => number;

/** Shapes that stay apart whichever way they are turned. */
export const shapeOutlines = {
  circle: (x, y) => Math.hypot(x, y) - 0.95,
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.75) - 0.22,
  semicircle: (x, y) => Math.max(Math.hypot(x, y - 0.4) - 1, y - 0.4),
  crescent: (x, y) => Math.max(Math.hypot(x - 0.1, y) - 1, 0.8 - Math.hypot(x - 0.6, y)),
  square: polygon(regular(4, 1.15)),
  triangle: polygon(regular(3, 1.15)),
  star: polygon(regular(10, 1.15).map(([x, y], corner): Point => (corner % 2 === 0 ? [x, y] : [0.42 * x, 0.42 * y]))),
  cross: polygon([
    ...([
      [-0.3, -1],
      [0.3, -1],
      [0.3, -0.3],
      [1, -0.3],
      [1, 0.3],
      [0.3, 0.3],
    ] as const),
    ...([
      [0.3, 1],
      [-0.3, 1],
      [-0.3, 0.3],
      [-1, 0.3],
      [-1, -0.3],
      [-0.3, -0.3],
    ] as const),
  ]),
  arrow: polygon([
    [0, -1.1],
    [0.85, -0.1],
    [0.3, -0.1],
    [0.3, 1],
    [-0.3, 1],
    [-0.3, -0.1],
    [-0.85, -0.1],
  ]),
  heart: polygon([
    ...([
      [0, 1],
      [-0.6, 0.5],
      [-0.95, 0.05],
      [-1, -0.4],
      [-0.8, -0.72],
      [-0.5, -0.8],
      [-0.2, -0.68],
    ] as const),
    ...([
      [0, -0.4],
      [0.2, -0.68],
      [0.5, -0.8],
      [0.8, -0.72],
      [1, -0.4],
      [0.95, 0.05],
      [0.6, 0.5],
    ] as const),
  ]),
} as const satisfies Readonly<Record<string, Outline>>;

/** The corners of a regular polygon, the first at the top. */
function regular(corners: number, radius: number): Point[] {
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });
}

/** A point is inside where a ray from it to the right crosses an odd number of edges. */
function polygon(corners: readonly Point[]): Outline {
  const edges = corners.map(([x, y], k) => {
    const [nextX, nextY] = corners[(k + 1) % corners.length] as Point;
    return { x, y, nextY, alongX: nextX - x, alongY: nextY - y, square: (nextX - x) ** 2 + (nextY - y) ** 2 };
  });
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (const edge of edges) {
      const fromX = x - edge.x;
      const fromY = y - edge.y;
      const t = Math.min(Math.max((fromX * edge.alongX + fromY * edge.alongY) / edge.square, 0), 1);
      nearest = Math.min(nearest, (fromX - t * edge.alongX) ** 2 + (fromY - t * edge.alongY) ** 2);
      // Compared as they stand: of the two edges at a corner one crosses, whatever is rounded.
      const crosses = y < edge.y !== y < edge.nextY;
      if (crosses && fromX < (fromY / edge.alongY) * edge.alongX) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}
