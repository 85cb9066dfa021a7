import { type PointerEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import type { PlaneGrid } from "../../app/views.ts";
import { formatNumber } from "../format.ts";
import { sharpContext } from "../pixels/sharp-context.ts";
import { useSize } from "../pixels/use-size.ts";
import { useTheme } from "../pixels/use-theme.ts";
import { axisTicks } from "./axis-ticks.ts";

/** Samples as points on the plane. */
export interface PlanePoints {
  /** x, y, x, y, … */
  readonly places: ArrayLike<number>;
  /** The colour of point `k`, as CSS writes it. */
  readonly colourOf: (k: number) => string;
  /** Drawn as rings: points that the model has not learned from. */
  readonly isHollow: boolean;
}

interface PlanePlotProps {
  readonly grid: PlaneGrid;
  /** Draws the map into a canvas of any size; another function draws it anew. */
  readonly paint: (canvas: HTMLCanvasElement) => void;
  readonly points: readonly PlanePoints[];
  /** What the picture says, for those who cannot see it. */
  readonly label: string;
  /** The place under the pointer; undefined when it has left. */
  readonly onPoint: (place: readonly [x: number, y: number] | undefined) => void;
  /** What stands beside the map, or below it where there is no room. */
  readonly children: ReactNode;
}

/** Room for the numbers at the left and below. */
const LEFT = 26;
const BELOW = 16;

/** A square map of the plane with its axes, and points on top. */
export function PlanePlot({ grid, paint, points, label, onPoint, children }: PlanePlotProps) {
  const [box, { width, height }] = useSize();
  const side = Math.max(0, Math.min(width - LEFT, height - BELOW));
  const map = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (map.current) paint(map.current);
  }, [paint]);

  const onPointerMove = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => {
    const [x, y] = [offsetX / side, offsetY / side];
    const isInside = x >= 0 && x < 1 && y >= 0 && y < 1;
    onPoint(isInside ? [along(grid.x, x), along(grid.y, 1 - y)] : undefined);
  };
  const ticks = Math.max(2, Math.round(side / 55));
  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto @sm:flex-row">
        <div
          ref={box}
          className="relative aspect-square max-h-[60dvh] min-h-44 min-w-0 flex-none @sm:max-h-none @sm:max-w-[62%] @sm:min-h-32"
        >
          <div
            className="absolute top-0 overflow-hidden rounded-md ring-1 ring-line"
            style={{ left: LEFT, width: side, height: side }}
            onPointerMove={onPointerMove}
            onPointerDown={onPointerMove}
            onPointerLeave={() => onPoint(undefined)}
          >
            <canvas ref={map} role="img" aria-label={label} className="pointer-events-none size-full" />
            <Points points={points} grid={grid} side={side} />
          </div>
          {side > 60 && (
            <div aria-hidden className="text-[10px] leading-none text-faint">
              {axisTicks(...grid.y, ticks).map((tick) => (
                <span
                  key={tick}
                  className="absolute -translate-y-1/2 text-right"
                  style={{ top: side * (1 - part(grid.y, tick)), width: LEFT - 5 }}
                >
                  {formatNumber(tick)}
                </span>
              ))}
              {axisTicks(...grid.x, ticks).map((tick) => (
                <span
                  key={tick}
                  className="absolute -translate-x-1/2"
                  style={{ top: side + 5, left: LEFT + side * part(grid.x, tick) }}
                >
                  {formatNumber(tick)}
                </span>
              ))}
            </div>
          )}
        </div>
        <div className="flex shrink-0 flex-col gap-1.5 @sm:max-w-64 @sm:flex-1">{children}</div>
      </div>
    </div>
  );
}

interface PointsProps {
  readonly points: readonly PlanePoints[];
  readonly grid: PlaneGrid;
  readonly side: number;
}

function Points({ points, grid, side }: PointsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const [left, right] = grid.x;
  const [bottom, top] = grid.y;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours of the theme
  useLayoutEffect(() => {
    const context = sharpContext(canvas.current, side, side);
    if (!context) return;
    const style = getComputedStyle(context.canvas);
    const radius = Math.max(1.6, Math.min(3.2, side / 105));
    for (const { places, colourOf, isHollow } of points) {
      for (let k = 0; 2 * k < places.length; k++) {
        const x = side * part([left, right], places[2 * k] as number);
        const y = side * (1 - part([bottom, top], places[2 * k + 1] as number));
        context.beginPath();
        context.arc(x, y, isHollow ? radius - 0.3 : radius, 0, 2 * Math.PI);
        context.fillStyle = isHollow ? style.getPropertyValue("--panel") : colourOf(k);
        context.strokeStyle = isHollow ? colourOf(k) : style.getPropertyValue("--panel");
        context.lineWidth = isHollow ? 1.2 : 0.7;
        context.fill();
        context.stroke();
      }
    }
  }, [points, left, right, bottom, top, side, theme]);
  return <canvas ref={canvas} aria-hidden className="pointer-events-none absolute inset-0 size-full" />;
}

function along([from, to]: readonly [number, number], t: number): number {
  return from + t * (to - from);
}

function part([from, to]: readonly [number, number], value: number): number {
  return (value - from) / (to - from);
}
