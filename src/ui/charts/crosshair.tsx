import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { MARGINS, pixelOf, placeAt } from "./plot-area.ts";

interface CrosshairProps {
  readonly label: string;
  /** Where it stands along the axis; undefined: nowhere. */
  readonly x: number | undefined;
  readonly end: number;
  readonly width: number;
  /** What is measured there, in words for screen readers. */
  readonly valueText: string;
  readonly onMove: (x: number | undefined) => void;
  /** What is measured there, for a small box beside it. */
  readonly children?: ReactNode;
}

/** Keys move it by shares of the axis. */
const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -0.01, ArrowRight: 0.01, PageDown: -0.1, PageUp: 0.1 };

/** A line over the chart that follows the pointer, the finger or the arrow keys. */
export function Crosshair({ label, x, end, width, valueText, onMove, children }: CrosshairProps) {
  const pixel = x === undefined ? undefined : pixelOf(x, end, width);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    onMove(placeAt(event.clientX - event.currentTarget.getBoundingClientRect().left, end, width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = KEYS[event.key];
    if (event.key === "Escape" && x !== undefined) onMove(undefined);
    else if (event.key === "Home") onMove(0);
    else if (event.key === "End") onMove(end);
    else if (by !== undefined) onMove(Math.min(end, Math.max(0, (x ?? end) + by * end * (event.shiftKey ? 10 : 1))));
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={end}
      aria-valuenow={x ?? end}
      aria-valuetext={valueText}
      onPointerDown={follow}
      onPointerMove={follow}
      onPointerLeave={(event) => event.pointerType === "mouse" && onMove(undefined)}
      onBlur={() => onMove(undefined)}
      onKeyDown={onKeyDown}
      className="absolute inset-0 cursor-crosshair touch-pan-y rounded outline-offset-[-2px]"
    >
      {pixel !== undefined && (
        <>
          <span
            aria-hidden
            className="pointer-events-none absolute w-px bg-accent/60"
            style={{ left: pixel, top: MARGINS.top, bottom: MARGINS.bottom }}
          />
          {children !== undefined && (
            <div
              aria-hidden
              className="pointer-events-none absolute z-10 max-w-[60%] rounded-lg border border-line bg-panel/95 px-2 py-1 text-xs shadow-card"
              style={{
                top: MARGINS.top + 4,
                ...(pixel < width / 2 ? { left: pixel + 8 } : { right: width - pixel + 8 }),
              }}
            >
              {children}
            </div>
          )}
        </>
      )}
    </div>
  );
}
