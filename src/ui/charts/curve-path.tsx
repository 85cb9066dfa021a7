import type { Axis } from "../../app/axis.ts";
import type { Curve } from "../../app/curves.ts";
import { pixelOf } from "./plot-area.ts";

interface CurvePathProps {
  readonly curve: Curve;
  readonly x: Axis;
  readonly y: Axis;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A curve of the chart. One path is made ten times as fast as a `Line` of recharts, which looks after a list of items, their
 * dots and their animation: with six runs the chart is redrawn within a frame.
 */
export function CurvePath({ curve, x, y, width, top, bottom }: CurvePathProps) {
  const perUnit = (bottom - top) / (y.to - y.from);
  const places = curve.points.map((point) => {
    const across = pixelOf(point.x, x.to, width);
    const down = bottom - (point.y - y.from) * perUnit;
    return `${Math.round(across * 10) / 10},${Math.round(down * 10) / 10}`;
  });
  const colour = `var(--run-${curve.slot})`;
  const [first] = places;
  if (first === undefined) return null;
  if (places.length === 1) {
    // A single point makes no line.
    const [cx, cy] = first.split(",");
    return <circle cx={cx} cy={cy} r={3.5} fill={colour} />;
  }
  return <path d={`M${places.join("L")}`} fill="none" stroke={colour} strokeLinejoin="round" {...lookOf(curve)} />;
}

function lookOf({ kind, slot }: Curve) {
  const isPresent = slot === 0;
  const strokeOpacity = isPresent ? 1 : 0.75;
  switch (kind) {
    case "raw":
      return { strokeWidth: 1, strokeOpacity: 0.35 };
    case "training":
      return { strokeWidth: isPresent ? 2.25 : 1.5, strokeOpacity };
    case "validation":
      return { strokeWidth: isPresent ? 1.75 : 1.25, strokeOpacity, strokeDasharray: "4 3" };
  }
}
