import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../format.ts";
import { classColour } from "../pixels/class-colours.ts";
import { colourAt, cssColour, viridis } from "../pixels/ramp.ts";
import { rangeOf } from "../pixels/range.ts";
import { sharpContext } from "../pixels/sharp-context.ts";
import { useSize } from "../pixels/use-size.ts";
import { useTheme } from "../pixels/use-theme.ts";
import { useDataName } from "../use-data-name.ts";
import type { SamplesProps } from "./samples-props.ts";

/** Between the outermost points and the edge, as a share of the range. */
const MARGIN = 0.06;

/** Points of the plane in the colour of their class, or of their number. A click looks at the nearest. */
export function PointSamples({ data, samples, from, subject, onPick }: SamplesProps) {
  const { t } = useTranslation("data");
  const nameOf = useDataName();
  const [box, { width }] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const [input] = data.inputs;
  const points = input && samples.columns.get(input.name);
  const targets = samples.columns.get(data.target.name);
  const isLabelled = data.target.dtype === "i32";
  const [least, largest] = rangeOf(points ?? []);
  const margin = MARGIN * (largest - least || 1);
  const toPixels = (value: number) => ((value - least + margin) / (largest - least + 2 * margin || 1)) * width;
  const at = (k: number) =>
    [toPixels(points?.[2 * k] as number), width - toPixels(points?.[2 * k + 1] as number)] as const;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the geometry follows from points and width
  useLayoutEffect(() => {
    if (width === 0 || targets === undefined) return;
    const context = sharpContext(canvas.current, width, width);
    if (!context) return;
    const [low, high] = rangeOf(targets);
    context.lineWidth = 0.75;
    context.strokeStyle = getComputedStyle(context.canvas).getPropertyValue("--panel");
    for (let k = 0; k < samples.count; k++) {
      const [x, y] = at(k);
      const target = targets[k] as number;
      context.fillStyle = isLabelled
        ? classColour(target).css
        : cssColour(colourAt(viridis, (target - low) / (high - low || 1)));
      context.beginPath();
      context.arc(x, y, 2.6, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
    if (subject === undefined || subject < from || subject >= from + samples.count) return;
    const [x, y] = at(subject - from);
    context.lineWidth = 2;
    context.strokeStyle = getComputedStyle(context.canvas).getPropertyValue("--text");
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.stroke();
  }, [points, targets, width, theme, subject, from, isLabelled]);

  const nearest = (x: number, y: number) => {
    const distances = Array.from({ length: samples.count }, (_, k) => {
      const [px, py] = at(k);
      return Math.hypot(px - x, py - y);
    });
    return from + distances.indexOf(Math.min(...distances));
  };
  const classes = isLabelled ? (data.target.categories ?? []).map(nameOf) : [];
  return (
    <div ref={box}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t("points", { count: samples.count, classes: classes.join(", ") || nameOf(data.target.name) })}
        onPointerDown={({ nativeEvent: { offsetX, offsetY } }) => onPick?.(nearest(offsetX, offsetY))}
        className={`aspect-square w-full rounded-md bg-sunken ${onPick === undefined ? "" : "cursor-crosshair"}`}
      />
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted">
        {isLabelled
          ? classes.map((name, k) => (
              <span key={name} className="flex items-center gap-1.5">
                <span aria-hidden className="size-2 rounded-full" style={{ backgroundColor: classColour(k).css }} />
                {name}
              </span>
            ))
          : t("heights", { name: nameOf(data.target.name), ...endsOf(targets) })}
      </p>
    </div>
  );
}

function endsOf(values: ArrayLike<number> = []) {
  const [least, largest] = rangeOf(values);
  return { least: formatNumber(least, 2), largest: formatNumber(largest, 2) };
}
