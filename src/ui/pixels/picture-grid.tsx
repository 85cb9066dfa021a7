import { useLayoutEffect, useRef } from "react";
import { ScrollArea } from "../primitives/scroll-area.tsx";
import { GAP, gridLayout } from "./grid-layout.ts";
import { useSize } from "./use-size.ts";
import { useTheme } from "./use-theme.ts";

interface PictureGridProps {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Draws picture `k` into a canvas, a canvas pixel for each of its own. Another function draws all anew. */
  readonly draw: (canvas: HTMLCanvasElement, k: number) => void;
  /** For those who cannot see it, with the numbers that matter. */
  readonly label: string;
  /** The shorter side of a picture at least, in pixels of the page; default 28. */
  readonly least?: number;
}

/**
 * Many small pictures of one size beside and below each other, as large as fits, on one canvas: hundreds of channels cost
 * the page one element. Scrolls where even small ones do not fit.
 */
export function PictureGrid({ count, rows, columns, draw, label, least = 28 }: PictureGridProps) {
  const [box, { width, height }] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const aspect = columns / rows;
  const layout = gridLayout(count, aspect, width, height, least);
  const { across, tileWidth, tileHeight } = layout;

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn with other colours where the theme changes
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context || width === 0) return;
    const ratio = devicePixelRatio;
    canvas.current.width = Math.round(layout.width * ratio);
    canvas.current.height = Math.round(layout.height * ratio);
    context.imageSmoothingEnabled = false;
    const scratch = document.createElement("canvas");
    for (let k = 0; k < count; k++) {
      draw(scratch, k);
      const x = (k % across) * (tileWidth + GAP);
      const y = Math.floor(k / across) * (tileHeight + GAP);
      context.drawImage(
        scratch,
        Math.round(x * ratio),
        Math.round(y * ratio),
        Math.round(tileWidth * ratio),
        Math.round(tileHeight * ratio),
      );
    }
  }, [draw, count, across, tileWidth, tileHeight, layout.width, layout.height, width, theme]);

  return (
    <ScrollArea ref={box} label={label} className="min-h-24 flex-1">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="block"
        style={{ width: layout.width, height: layout.height }}
      />
    </ScrollArea>
  );
}
