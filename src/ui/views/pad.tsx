import { type PointerEvent, useLayoutEffect, useRef } from "react";
import { drawImage } from "../pixels/draw-pixels.ts";
import { useSize } from "../pixels/use-size.ts";
import type { PenStroke } from "./pen-drawing.ts";

interface PadProps {
  readonly strokes: readonly PenStroke[];
  readonly radius: number;
  readonly ground: ArrayLike<number> | undefined;
  readonly rows: number;
  readonly columns: number;
  readonly label: string;
  /** Said on the empty pad. */
  readonly invitation: string;
  /** A new stroke begins here. */
  readonly onBegin: (x: number, y: number) => void;
  /** The last stroke goes on through these points: x, y, x, y, … */
  readonly onMove: (points: readonly number[]) => void;
}

/** Black paper to draw on in white with pen, finger or mouse. */
export function Pad({ strokes, radius, ground, rows, columns, label, invitation, onBegin, onMove }: PadProps) {
  const [box, { width, height }] = useSize();
  const side = Math.min(width, height);
  const paper = useRef<HTMLCanvasElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const isEmpty = strokes.length === 0 && ground === undefined;

  useLayoutEffect(() => {
    if (below.current && ground) drawImage(below.current, { values: ground, rows, columns, channels: 1 });
  }, [ground, rows, columns]);
  useLayoutEffect(() => {
    const context = paper.current?.getContext("2d");
    if (!paper.current || !context || side === 0) return;
    const size = Math.round(side * devicePixelRatio);
    paper.current.width = size;
    paper.current.height = size;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = getComputedStyle(paper.current).getPropertyValue("--ink");
    context.lineWidth = ((2 * radius) / 28) * size;
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo((stroke[0] as number) * size, (stroke[1] as number) * size);
      for (let k = 0; k < stroke.length; k += 2) {
        context.lineTo((stroke[k] as number) * size, (stroke[k + 1] as number) * size);
      }
      context.stroke();
    }
  }, [strokes, radius, side]);

  const place = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => [
    Math.min(Math.max(offsetX / side, 0), 1),
    Math.min(Math.max(offsetY / side, 0), 1),
  ];
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [x, y] = place(event.nativeEvent) as [number, number];
    onBegin(x, y);
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    // Where the pointer has been between two pictures: quick strokes stay round.
    const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
    onMove((passed.length > 0 ? passed : [event.nativeEvent]).flatMap(place));
  };
  return (
    <div ref={box} className="relative size-full">
      <div
        className="absolute overflow-hidden rounded-lg bg-paper ring-1 ring-line"
        style={{ width: side, height: side }}
      >
        {ground && (
          <canvas
            ref={below}
            aria-hidden
            className="absolute inset-0 size-full"
            style={{ imageRendering: "pixelated" }}
          />
        )}
        {isEmpty && (
          <span aria-hidden className="absolute inset-0 grid place-items-center p-4 text-center text-on-paper">
            {invitation}
          </span>
        )}
        <canvas
          ref={paper}
          role="img"
          aria-label={label}
          className="absolute inset-0 size-full cursor-crosshair touch-none"
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
        />
      </div>
    </div>
  );
}
