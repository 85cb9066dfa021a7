import { type CSSProperties, useLayoutEffect, useRef } from "react";
import { drawImage, drawMap } from "./draw-pixels.ts";
import { type Ramp, viridis } from "./ramp.ts";
import { type Range, rangeOf, symmetricRange } from "./range.ts";

interface PictureProps {
  /** For those who cannot see it, with the numbers that matter; left out: it only adorns what stands beside it. */
  readonly label?: string | undefined;
  readonly className?: string;
  readonly style?: CSSProperties;
}

interface PixelMapProps extends PictureProps {
  /** Row by row from the top. A new array is a new picture: do not write into one that is shown. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  /** Where the map begins in `values`, so that maps lying one behind the other need no copies; default 0. */
  readonly offset?: number;
  /** From one number of the map to the next; default 1. Of maps (rows, columns, channels) it is `channels`. */
  readonly stride?: number;
  readonly ramp?: Ramp;
  /** What the ends of the ramp stand for; "own": the map's least and largest; "symmetric": as far below 0 as above. */
  readonly range?: Range | "own" | "symmetric";
}

/**
 * A map of numbers as a picture, a canvas pixel for each, enlarged by CSS: give it its size by class or style. It draws
 * imperatively whenever `values` is another array, and costs React one element.
 *
 *     <PixelMap values={maps} offset={k * 576} rows={24} columns={24} ramp={diverging} range="symmetric" label={…} />
 */
export function PixelMap({
  values,
  rows,
  columns,
  offset = 0,
  stride = 1,
  ramp = viridis,
  range = "own",
  ...picture
}: PixelMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [least, largest] = typeof range === "string" ? [range, range] : range;
  useLayoutEffect(() => {
    const map = { values, rows, columns, offset, stride };
    if (canvas.current) drawMap(canvas.current, map, ramp, rangeFor(map, least, largest));
  }, [values, rows, columns, offset, stride, ramp, least, largest]);
  return <Picture canvas={canvas} {...picture} />;
}

interface PixelImageProps extends PictureProps {
  /** (rows, columns, channels), 0…1. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly offset?: number;
}

/** An image of 1 or 3 channels, as it is. */
export function PixelImage({ values, rows, columns, channels, offset = 0, ...picture }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) drawImage(canvas.current, { values, rows, columns, channels, offset });
  }, [values, rows, columns, channels, offset]);
  return <Picture canvas={canvas} {...picture} />;
}

function Picture({
  canvas,
  label,
  className,
  style,
}: PictureProps & { readonly canvas: React.RefObject<HTMLCanvasElement | null> }) {
  return (
    <canvas
      ref={canvas}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      className={className}
      style={{ imageRendering: "pixelated", ...style }}
    />
  );
}

function rangeFor(
  { values, rows, columns, offset, stride }: Required<Parameters<typeof drawMap>[1]>,
  least: number | "own" | "symmetric",
  largest: number | "own" | "symmetric",
): Range {
  if (typeof least === "number" && typeof largest === "number") return [least, largest];
  const own = Float32Array.from({ length: rows * columns }, (_, k) => values[offset + k * stride] as number);
  return least === "symmetric" ? symmetricRange(own) : rangeOf(own);
}
