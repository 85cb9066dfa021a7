import type { ColumnDescription } from "../../app/engine-types.ts";
import { formatNumber } from "../format.ts";
import { PixelImage, PixelMap } from "../pixels/pixel-map.tsx";
import { grey } from "../pixels/ramp.ts";
import { classNames } from "../primitives/class-names.ts";
import { visibleToken } from "./visible-token.ts";

interface SamplePictureProps {
  /** The input column that it is a sample of. */
  readonly column: Pick<ColumnDescription, "shape" | "dtype" | "categories">;
  readonly values: ArrayLike<number>;
  /** Where the sample begins in `values`; default 0. */
  readonly offset?: number;
  readonly className?: string;
}

/** Numbers that are written out side by side, at most. */
const MOST_WRITTEN = 3;

/** A sample as it is best seen: an image, a curve, a text, or its numbers. It adorns what says the same in words. */
export function SamplePicture({ column, values, offset = 0, className }: SamplePictureProps) {
  const { shape, dtype, categories } = column;
  const [first = 1, second = 1, channels = 1] = shape;
  const size = shape.reduce((product, side) => product * side, 1);
  if (dtype === "i32") {
    const tokens = Array.from({ length: Math.min(size, 60) }, (_, k) => values[offset + k] as number);
    const text = tokens.map((token) => visibleToken(categories?.[token] ?? String(token))).join(categories ? "" : " ");
    return (
      <span aria-hidden className={classNames("block overflow-hidden font-mono text-[10px] leading-tight", className)}>
        {text}
      </span>
    );
  }
  if (shape.length === 3) {
    const picture = { values, offset, rows: first, columns: second };
    const style = { aspectRatio: `${second} / ${first}` };
    return channels === 1 || channels === 3 ? (
      <PixelImage {...picture} channels={channels} className={className ?? ""} style={style} />
    ) : (
      <PixelMap {...picture} stride={channels} ramp={grey} className={className ?? ""} style={style} />
    );
  }
  if (size <= MOST_WRITTEN) {
    return (
      <span
        aria-hidden
        className={classNames("grid place-content-center bg-sunken text-center text-xs leading-tight", className)}
      >
        {Array.from({ length: size }, (_, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: numbers are known by their place
          <span key={k}>{formatNumber(values[offset + k] as number, 2)}</span>
        ))}
      </span>
    );
  }
  const curves = shape.length === 2 ? Math.min(second, 3) : 1;
  return (
    <Curves values={values} offset={offset} length={first} stride={second} curves={curves} className={className} />
  );
}

interface CurvesProps {
  readonly values: ArrayLike<number>;
  readonly offset: number;
  readonly length: number;
  readonly stride: number;
  readonly curves: number;
  readonly className: string | undefined;
}

/** Series over their steps, without axes. */
function Curves({ values, offset, length, stride, curves, className }: CurvesProps) {
  const at = (curve: number, k: number) => values[offset + k * stride + curve] as number;
  const all = Array.from({ length: curves }, (_, curve) => Array.from({ length }, (_, k) => at(curve, k)));
  const least = Math.min(...all.flat());
  const span = Math.max(...all.flat()) - least || 1;
  return (
    <svg aria-hidden viewBox="0 0 100 100" preserveAspectRatio="none" className={classNames("bg-sunken", className)}>
      {all.map((curve, k) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: series are known by their place
          key={k}
          points={curve
            .map((value, x) => `${(100 * (x + 0.5)) / length},${(90 - (80 * (value - least)) / span).toFixed(1)}`)
            .join(" ")}
          fill="none"
          stroke={`var(--run-${k})`}
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
